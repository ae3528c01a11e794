namespace CloudLb.Cli.Control;

/// <summary>What the running server says of itself: all that a client needs to reach it.</summary>
public sealed record RunningServer
{
    /// <summary>Where clients on this machine reach the API, with the port that it really has.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The region that examples and the printed environment name.</summary>
    public required string Region { get; init; }

    /// <summary>An Availability Zone of that region.</summary>
    public string? Zone { get; init; }

    public required string AccessKeyId { get; init; }

    public required string SecretAccessKey { get; init; }

    /// <summary>The certificate that clients must trust, as an absolute path; null for http.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>Absolute.</summary>
    public required string DataDirectory { get; init; }
}
