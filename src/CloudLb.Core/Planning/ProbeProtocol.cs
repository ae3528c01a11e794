namespace CloudLb.Core.Planning;

/// <summary>What a check does with a member.</summary>
public enum ProbeProtocol
{
    /// <summary>Passes when the connection is made.</summary>
    Tcp,

    /// <summary>Passes when the answer's status is exactly 200; redirects are not followed.</summary>
    Http,
}
