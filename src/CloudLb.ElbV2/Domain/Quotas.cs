namespace CloudLb.ElbV2.Domain;

/// <summary>
/// How much of everything an account may have in a region, by AWS's defaults but for the load balancers, of which one machine carries more.
/// </summary>
public sealed record Quotas
{
    public int ApplicationLoadBalancers { get; init; } = 1000;

    public int NetworkLoadBalancers { get; init; } = 1000;

    public int TargetGroups { get; init; } = 3000;

    /// <summary>Of one load balancer, of either type.</summary>
    public int Listeners { get; init; } = 50;

    /// <summary>Of all listeners of one application load balancer; default rules do not count.</summary>
    public int Rules { get; init; } = 100;

    public int TargetsPerGroup { get; init; } = 1000;

    public int TargetsPerApplicationLoadBalancer { get; init; } = 1000;

    public int TargetsPerNetworkLoadBalancer { get; init; } = 3000;

    /// <summary>Times that one target is registered in all groups of an application load balancer.</summary>
    public int RegistrationsPerTarget { get; init; } = 1000;

    public int TargetGroupsPerLoadBalancer { get; init; } = 100;

    public int TargetGroupsPerAction { get; init; } = 5;

    public int ConditionValuesPerRule { get; init; } = 5;

    public int WildcardsPerRule { get; init; } = 6;

    /// <summary>Beside the default one.</summary>
    public int CertificatesPerLoadBalancer { get; init; } = 25;

    /// <summary>Of one resource; AWS's user guide says 50, and it is no quota that can be raised.</summary>
    public int Tags { get; init; } = 50;

    /// <summary>Of one load balancer; the user guide's.</summary>
    public int SecurityGroups { get; init; } = 5;
}
