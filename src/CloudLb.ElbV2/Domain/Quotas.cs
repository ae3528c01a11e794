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

    public int TrustStores { get; init; } = 20;

    /// <summary>The user guide's, as the others of trust stores are.</summary>
    public int CertificatesPerTrustStore { get; init; } = 25;

    public int RevocationsPerTrustStore { get; init; } = 30;

    /// <summary>
    /// Certificates that the revocations of all trust stores of an account in a region revoke; AWS has as many for each trust store. They
    /// are kept in memory, and every process that serves one of the trust stores reads them.
    /// </summary>
    public long RevokedEntries { get; init; } = 500_000;

    /// <summary>Listeners of one application load balancer that verify clients.</summary>
    public int VerifyingListeners { get; init; } = 2;

    /// <summary>Of one resource; AWS's user guide says 50, and it is no quota that can be raised.</summary>
    public int Tags { get; init; } = 50;

    /// <summary>Of one load balancer; the user guide's.</summary>
    public int SecurityGroups { get; init; } = 5;
}
