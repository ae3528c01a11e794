namespace CloudLb.Cli.Control;

/// <summary>A load balancer as an operator sees it: what was asked for, where it is, and how it does.</summary>
public sealed record LoadBalancerStatus
{
    public required string Account { get; init; }

    public required string Region { get; init; }

    public required string Name { get; init; }

    public required string DnsName { get; init; }

    /// <summary>What its listeners are bound to.</summary>
    public required string Address { get; init; }

    public required IReadOnlyList<ListenerStatus> Listeners { get; init; }

    public required IReadOnlyList<InstanceStatus> Instances { get; init; }

    /// <summary>Why nothing of it is served; null when something is.</summary>
    public string? Fault { get; init; }
}
