namespace CloudLb.Core.Traffic.Planning;

/// <summary>What becomes of the header X-Forwarded-For of a request.</summary>
public enum ForwardedFor
{
    /// <summary>The client's address comes after what the header has.</summary>
    Append,

    /// <summary>It is passed on as it came.</summary>
    Preserve,

    /// <summary>It is left out.</summary>
    Remove,
}
