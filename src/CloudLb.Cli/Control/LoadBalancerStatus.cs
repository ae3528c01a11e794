using System.Text.Json.Serialization;

namespace CloudLb.Cli.Control;

/// <summary>A load balancer as an operator sees it: what was asked for, where it is, and how it does.</summary>
public sealed record LoadBalancerStatus
{
    public required string Account { get; init; }

    public required string Region { get; init; }

    public required string Name { get; init; }

    public required string DnsName { get; init; }

    /// <summary>What its listeners are bound to; the first of several.</summary>
    public required string Address { get; init; }

    /// <summary>All that they are bound to, where there are several.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AddressStatus>? Addresses { get; init; }

    public required IReadOnlyList<ListenerStatus> Listeners { get; init; }

    public required IReadOnlyList<InstanceStatus> Instances { get; init; }

    /// <summary>Why nothing of it is served; null when something is.</summary>
    public string? Fault { get; init; }

    /// <summary>Why it is served, and not as it should be: as it was before a change that could not be made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Behind { get; init; }

    /// <summary>
    /// What its instances are asked, how often and how patiently, in one line. Told only where more than the table was asked for.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? HealthCheck { get; init; }

    /// <summary>The HAProxy process that serves it; null while none does, and where the table alone was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CellSummary? Cell { get; init; }

    /// <summary>Null where no listener of datagrams is served, and where the table alone was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DatagramStatus? Datagrams { get; init; }

    /// <summary>Why its HAProxy process could not be asked; null when it has answered.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Silence { get; init; }
}
