namespace CloudLb.Core.Traffic.Planning;

/// <summary>How a listener reads requests and what it passes on of them.</summary>
public sealed record PlannedHttp
{
    /// <summary>How strictly a request must conform to HTTP.</summary>
    public required DesyncMitigation DesyncMitigation { get; init; }

    /// <summary>What members are told of the client in X-Forwarded-For.</summary>
    public ForwardedFor ForwardedFor { get; init; } = ForwardedFor.Append;

    /// <summary>Whether the client's port stands behind its address there.</summary>
    public bool TellsClientPort { get; init; }

    /// <summary>Whether each request is given an X-Amzn-Trace-Id, or its own extended.</summary>
    public bool IsTraced { get; init; }

    /// <summary>
    /// Whether a header whose name is no token is left out, rather than passed on or refused as <see cref="DesyncMitigation"/> has it.
    /// </summary>
    public bool DropsInvalidHeaders { get; init; }

    /// <summary>The longest method that is taken, in characters: 1 to 127.</summary>
    public int MaxMethodLength { get; init; } = 127;

    /// <summary>Whether clients may speak HTTP/2: over TLS, as <see cref="PlannedTls.Alpn"/> offers it.</summary>
    public bool IsHttp2 { get; init; }
}
