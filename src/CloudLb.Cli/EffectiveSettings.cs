namespace CloudLb.Cli;

/// <summary>The settings as a command sees them.</summary>
public sealed record EffectiveSettings
{
    /// <summary>Where clients reach the API.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The region that examples and the printed environment name.</summary>
    public required string Region { get; init; }

    /// <summary>Null while no access key has been given or made.</summary>
    public required string? AccessKeyId { get; init; }

    public required string? SecretAccessKey { get; init; }

    /// <summary>The certificate that clients must trust; null for http.</summary>
    public required string? CertificateFile { get; init; }

    /// <summary>Absolute.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Where the running server answers operators.</summary>
    public required string ControlSocket { get; init; }

    /// <summary>Every setting by its full name, secrets masked.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> All { get; init; }
}
