namespace CloudLb.Elb.Domain;

/// <summary>
/// How much of everything an account may have in a region. One that was lowered refuses more; what is there stays and may be named again.
/// </summary>
public sealed record Quotas
{
    /// <summary>Load balancers in an account and region.</summary>
    public int LoadBalancers { get; init; } = 1000;

    /// <summary>Listeners of one load balancer.</summary>
    public int Listeners { get; init; } = 100;

    /// <summary>Instances registered with one load balancer.</summary>
    public int RegisteredInstances { get; init; } = 1000;

    /// <summary>Policies of one load balancer. AWS has a limit and publishes no number.</summary>
    public int Policies { get; init; } = 100;

    /// <summary>Tags of one load balancer; AWS's user guide says 50, and it is no quota that can be raised.</summary>
    public int Tags { get; init; } = 50;
}
