namespace CloudLb.Core.AccessLogs;

/// <summary>A connection by which requests come, or were to come.</summary>
public sealed record AccessLogConnection
{
    /// <summary>When it was there to be used, or it was clear that it would not be; microseconds.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>An id that the entries of its requests have too.</summary>
    public string? Id { get; init; }

    /// <summary>Whether TLS was to be spoken.</summary>
    public bool IsSecure { get; init; }

    /// <summary>Why TLS did not come about, in AWS's word; null where it did, and where it was not to be.</summary>
    public string? Failure { get; init; }

    /// <summary>Null where there was none, and where clients are not asked for one.</summary>
    public AccessLogClientCertificate? ClientCertificate { get; init; }

    /// <summary>How long the TLS handshake took; null without one that succeeded.</summary>
    public TimeSpan? Handshake { get; init; }

    /// <summary>OpenSSL's name; null where nobody had come so far.</summary>
    public string? Cipher { get; init; }

    /// <summary>Such as <c>TLSv1.2</c>; null with <see cref="Cipher"/>.</summary>
    public string? TlsVersion { get; init; }
}
