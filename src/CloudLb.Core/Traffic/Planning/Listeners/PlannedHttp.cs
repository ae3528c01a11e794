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
    /// Whether headers whose names have other characters than letters, digits and hyphens are left out; those that
    /// <see cref="DesyncMitigation"/> refuses are refused all the same.
    /// </summary>
    public bool DropsInvalidHeaders { get; init; }

    /// <summary>
    /// Whether members are told a Host with the listener's port behind it, or with none where that is 80 or 443; else it is as sent.
    /// </summary>
    public bool AdjustsHost { get; init; }

    /// <summary>
    /// How long a client may go on with a connection: the first answer after that ends it. In whole seconds; null for no limit.
    /// </summary>
    public TimeSpan? ClientKeepAlive { get; init; }

    /// <summary>What every answer is given, the load balancer's own too.</summary>
    public EquatableArray<PlannedHeader> ResponseHeaders { get; init; } = [];

    /// <summary>Whether answers of the load balancer itself go without <see cref="PlannedAnswers.Server"/>.</summary>
    public bool HidesServer { get; init; }

    /// <summary>What members are told of clients' certificates; whatever a client itself has sent by these names is replaced.</summary>
    public EquatableArray<PlannedClientHeader> ClientHeaders { get; init; } = [];

    /// <summary>
    /// Names of headers that are taken from whatever clients send, be they written with hyphens or underscores, as some programs take
    /// one for the other. Letters, digits, hyphens and underscores.
    /// </summary>
    public EquatableArray<string> ForgeableHeaders { get; init; } = [];

    /// <summary>What members are told of the client's connection.</summary>
    public EquatableArray<PlannedClientFact> ClientFacts { get; init; } = [];

    /// <summary>The longest method that is taken, in characters: 1 to 127.</summary>
    public int MaxMethodLength { get; init; } = 127;

    /// <summary>Whether clients may speak HTTP/2: over TLS, as <see cref="PlannedTls.Alpn"/> offers it.</summary>
    public bool IsHttp2 { get; init; }
}
