namespace CloudLb.Passthrough;

/// <summary>An account whose calls are passed on, and as whom.</summary>
public sealed class PassthroughAccountOptions
{
    /// <summary>Twelve decimal digits: the account here.</summary>
    public string AccountId { get; set; } = "";

    /// <summary>
    /// The key at the other endpoint that this account's calls are signed with anew. Absent with <see cref="Unchanged"/>.
    /// </summary>
    public string? AccessKeyId { get; set; }

    public string? SecretAccessKey { get; set; }

    /// <summary>The other endpoint knows the account's own keys, so calls go there with their own signatures. Default false.</summary>
    public bool Unchanged { get; set; }
}
