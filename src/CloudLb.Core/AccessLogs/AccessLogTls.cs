using System.Net;

namespace CloudLb.Core.AccessLogs;

/// <summary>How a connection of a listener without HTTP spoke TLS, or was to.</summary>
public sealed record AccessLogTls
{
    /// <summary>Where the client connected to.</summary>
    public required IPEndPoint Destination { get; init; }

    /// <summary>From the first packet to the end.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How long the handshake took; null for one that failed.</summary>
    public TimeSpan? Handshake { get; init; }

    /// <summary>The alert of TLS that the client has sent; null for none.</summary>
    public int? Alert { get; init; }

    /// <summary>The name that the client asked for; null for none.</summary>
    public string? ServerName { get; init; }

    /// <summary>The protocol that was agreed on by ALPN; null for none.</summary>
    public string? Alpn { get; init; }

    /// <summary>SHA-1 of the certificate that was shown, in hexadecimal; null where the listener has but one.</summary>
    public string? Certificate { get; init; }
}
