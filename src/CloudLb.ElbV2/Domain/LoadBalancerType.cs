namespace CloudLb.ElbV2.Domain;

/// <summary>What a load balancer understands of what it carries.</summary>
public enum LoadBalancerType
{
    /// <summary>Requests, by rules.</summary>
    Application,

    /// <summary>Connections.</summary>
    Network,
}
