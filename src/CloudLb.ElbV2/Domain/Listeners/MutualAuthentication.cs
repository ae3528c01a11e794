namespace CloudLb.ElbV2.Domain;

/// <summary>What a listener asks of the certificates that its clients show.</summary>
public sealed record MutualAuthentication
{
    /// <summary>Whose certificates are taken; null where whatever is shown is passed on, and nothing need be.</summary>
    public Arn? TrustStore { get; init; }

    /// <summary>Whether one that is out of date is taken.</summary>
    public bool IgnoresExpiry { get; init; }

    /// <summary>Whether clients are told whose certificates are taken.</summary>
    public bool NamesAuthorities { get; init; }
}
