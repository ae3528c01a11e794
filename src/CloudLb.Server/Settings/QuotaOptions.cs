using CloudLb.Elb.Domain;

namespace CloudLb.Server.Settings;

/// <summary>AWS's quotas under AWS's names (DescribeAccountLimits), with defaults that one machine can carry.</summary>
public sealed class QuotaOptions
{
    [AtLeast(1)]
    [ConfigurationKeyName("classic-load-balancers")]
    public int LoadBalancers { get; set; } = 1000;

    [AtLeast(1)]
    [ConfigurationKeyName("classic-listeners")]
    public int Listeners { get; set; } = 100;

    [AtLeast(1)]
    [ConfigurationKeyName("classic-registered-instances")]
    public int RegisteredInstances { get; set; } = 1000;

    [AtLeast(1)]
    [ConfigurationKeyName("application-load-balancers")]
    public int ApplicationLoadBalancers { get; set; } = 1000;

    [AtLeast(1)]
    [ConfigurationKeyName("network-load-balancers")]
    public int NetworkLoadBalancers { get; set; } = 1000;

    [AtLeast(1)]
    [ConfigurationKeyName("target-groups")]
    public int TargetGroups { get; set; } = 3000;

    [AtLeast(1)]
    [ConfigurationKeyName("targets-per-target-group")]
    public int TargetsPerGroup { get; set; } = 1000;

    [AtLeast(1)]
    [ConfigurationKeyName("rules-per-application-load-balancer")]
    public int Rules { get; set; } = 100;

    /// <summary>IAM's own name for it, in GetAccountSummary.</summary>
    [AtLeast(1)]
    [ConfigurationKeyName("ServerCertificatesQuota")]
    public int ServerCertificates { get; set; } = 1000;

    public Quotas ToDomain() => new() { LoadBalancers = LoadBalancers, Listeners = Listeners, RegisteredInstances = RegisteredInstances };

    public ElbV2.Domain.Quotas ToV2Domain() => new()
    {
        ApplicationLoadBalancers = ApplicationLoadBalancers,
        NetworkLoadBalancers = NetworkLoadBalancers,
        TargetGroups = TargetGroups,
        TargetsPerGroup = TargetsPerGroup,
        Rules = Rules,
    };
}
