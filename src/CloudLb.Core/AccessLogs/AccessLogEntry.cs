using System.Net;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Core.AccessLogs;

/// <summary>One request, or one connection of a listener without HTTP, as the data plane has seen it.</summary>
/// <remarks>Texts of clients are the bytes that they sent, one character each (Latin-1): nothing in them can be relied on.</remarks>
public sealed record AccessLogEntry
{
    public required LoadBalancerId LoadBalancer { get; init; }

    /// <summary>The listener's port.</summary>
    public required int Port { get; init; }

    public required bool IsHttp { get; init; }

    /// <summary>When the request, or the connection, was received; microseconds.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When it was written down, at its end: what decides which interval it belongs to.</summary>
    public required DateTimeOffset LoggedAt { get; init; }

    public required IPEndPoint Client { get; init; }

    /// <summary>The instance that had it; null when none had, or the one that had did not answer.</summary>
    public IPEndPoint? Instance { get; init; }

    /// <summary>Null when it was not sent to an instance, or that did not answer.</summary>
    public AccessLogTimes? Times { get; init; }

    /// <summary>What the client was answered; null without HTTP, or when it was gone before.</summary>
    public int? Status { get; init; }

    /// <summary>What the instance answered; null without HTTP, or when it did not.</summary>
    public int? InstanceStatus { get; init; }

    /// <summary>Of the request's body, or everything without HTTP.</summary>
    public long ReceivedBytes { get; init; }

    /// <summary>Of the answer's body, or everything without HTTP.</summary>
    public long SentBytes { get; init; }

    /// <summary>Null without HTTP, and when it could not be read.</summary>
    public AccessLogRequest? Request { get; init; }

    /// <summary>The header, cut at 8 KiB; null when there is none.</summary>
    public string? UserAgent { get; init; }

    /// <summary>OpenSSL's name; null without TLS, or when the handshake did not succeed.</summary>
    public string? Cipher { get; init; }

    /// <summary>Such as <c>TLSv1.2</c>; null with <see cref="Cipher"/>.</summary>
    public string? TlsVersion { get; init; }

    /// <summary>Null where the load balancer has no rules, and when the request never became one.</summary>
    public AccessLogDecision? Decision { get; init; }

    /// <summary>Null but for connections of listeners without HTTP whose load balancer's log is about TLS.</summary>
    public AccessLogTls? Tls { get; init; }

    /// <summary>Its connection, where nothing has been told of that before; null otherwise, and where connections are not logged.</summary>
    public AccessLogConnection? Connection { get; init; }

    /// <summary>Whether it is about the connection alone.</summary>
    public bool IsOfConnectionAlone { get; init; }
}
