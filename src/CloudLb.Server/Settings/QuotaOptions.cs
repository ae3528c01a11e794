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

    /// <summary>IAM's own name for it, in GetAccountSummary.</summary>
    [AtLeast(1)]
    [ConfigurationKeyName("ServerCertificatesQuota")]
    public int ServerCertificates { get; set; } = 1000;

    public Quotas ToDomain() => new() { LoadBalancers = LoadBalancers, Listeners = Listeners, RegisteredInstances = RegisteredInstances };
}
