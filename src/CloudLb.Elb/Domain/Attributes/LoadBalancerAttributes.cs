using CloudLb.Core.AccessLogs;

namespace CloudLb.Elb.Domain.Attributes;

/// <summary>The settings of a load balancer that ModifyLoadBalancerAttributes changes, group by group.</summary>
public sealed record LoadBalancerAttributes
{
    /// <summary>Every instance of every zone gets the same share; otherwise every enabled zone does.</summary>
    public bool CrossZoneLoadBalancing { get; init; }

    public ConnectionDraining ConnectionDraining { get; init; } = new();

    /// <summary>How long a connection may be silent before it is closed: 1 to 4000 seconds.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    public DesyncMitigationMode DesyncMitigationMode { get; init; } = DesyncMitigationMode.Defensive;

    /// <summary>Null when no bucket was ever named.</summary>
    public AccessLog? AccessLog { get; init; }
}
