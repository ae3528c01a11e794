namespace CloudLb.Core.Traffic.Planning;

/// <summary>A port that accepts connections and the pool they go to.</summary>
public sealed record PlannedListener
{
    /// <summary>1 to 65535.</summary>
    public required int Port { get; init; }

    public required TrafficMode Mode { get; init; }

    /// <summary>How TLS is spoken with the clients; null when it is not.</summary>
    public PlannedTls? Tls { get; init; }

    /// <summary>The <see cref="PlannedPool.Name"/> of a pool of the same load balancer.</summary>
    public required string Pool { get; init; }

    /// <summary>How long a connection may be silent before it is closed: 1 second to 4000 seconds.</summary>
    public required TimeSpan IdleTimeout { get; init; }

    /// <summary>How strictly a request must conform to HTTP; of no meaning to <see cref="TrafficMode.Tcp"/>.</summary>
    public required DesyncMitigation DesyncMitigation { get; init; }

    /// <summary>The networks that may connect, in CIDR form, in ordinal order: none when it is empty, all when it is null.</summary>
    public EquatableArray<string>? AllowedSources { get; init; }
}
