using System.Text.Json.Serialization;

namespace CloudLb.Cli.Control;

/// <summary>A listener and whether it is served.</summary>
public sealed record ListenerStatus
{
    public required string Protocol { get; init; }

    public required int LoadBalancerPort { get; init; }

    public required string InstanceProtocol { get; init; }

    public required int InstancePort { get; init; }

    /// <summary>The target groups that it sends to; null of a Classic load balancer's, which sends to all instances.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<GroupStatus>? Groups { get; init; }

    /// <summary>Why it is not served; null when it is.</summary>
    public string? Fault { get; init; }
}
