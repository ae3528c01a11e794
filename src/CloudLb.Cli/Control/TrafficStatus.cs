namespace CloudLb.Cli.Control;

/// <summary>One load balancer as <c>cloudlb watch</c> shows it.</summary>
public sealed record TrafficStatus
{
    public required string Account { get; init; }

    public required string Region { get; init; }

    public required string Name { get; init; }

    public required string Address { get; init; }

    /// <summary>Requests in the last second; of TCP and SSL listeners, connections.</summary>
    public required long RequestsPerSecond { get; init; }

    /// <summary>Connections that clients have open.</summary>
    public required long Sessions { get; init; }

    /// <summary>Instances in service.</summary>
    public required int Healthy { get; init; }

    /// <summary>Registered instances that are not.</summary>
    public required int Unhealthy { get; init; }

    /// <summary>Why it, or one of its listeners, is not served; null when all is.</summary>
    public string? Fault { get; init; }
}
