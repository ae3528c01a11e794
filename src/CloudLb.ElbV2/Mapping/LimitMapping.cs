using System.Globalization;
using CloudLb.ElbV2.Domain;
using Wire = CloudLb.ElbV2.Contracts;

namespace CloudLb.ElbV2.Mapping;

/// <summary>The quotas under AWS's names. What CloudLb has none of has the limit 0.</summary>
internal static class LimitMapping
{
    public static IReadOnlyList<Wire.Limit> Of(Quotas quotas) =>
    [
        .. new (string Name, int Max)[]
        {
            ("target-groups", quotas.TargetGroups),
            ("targets-per-application-load-balancer", quotas.TargetsPerApplicationLoadBalancer),
            ("listeners-per-application-load-balancer", quotas.Listeners),
            ("rules-per-application-load-balancer", quotas.Rules),
            ("application-load-balancers", quotas.ApplicationLoadBalancers),
            ("condition-values-per-alb-rule", quotas.ConditionValuesPerRule),
            ("condition-wildcards-per-alb-rule", quotas.WildcardsPerRule),
            ("target-groups-per-application-load-balancer", quotas.TargetGroupsPerLoadBalancer),
            ("target-groups-per-action-on-application-load-balancer", quotas.TargetGroupsPerAction),
            ("target-groups-per-action-on-network-load-balancer", quotas.TargetGroupsPerAction),
            ("certificates-per-application-load-balancer", quotas.CertificatesPerLoadBalancer),
            ("certificates-per-network-load-balancer", quotas.CertificatesPerLoadBalancer),
            ("network-load-balancers", quotas.NetworkLoadBalancers),
            ("listeners-per-network-load-balancer", quotas.Listeners),
            ("targets-per-network-load-balancer", quotas.TargetsPerNetworkLoadBalancer),
            ("targets-per-availability-zone-per-network-load-balancer", quotas.TargetsPerNetworkLoadBalancer),
            ("targets-per-target-group", quotas.TargetsPerGroup),
            ("target-id-registrations-per-application-load-balancer", quotas.RegistrationsPerTarget),
            ("gateway-load-balancers", 0),
            ("geneve-target-groups", 0),
        }
        .OrderBy(limit => limit.Name, StringComparer.Ordinal)
        .Select(limit => new Wire.Limit { Name = limit.Name, Max = limit.Max.ToString(CultureInfo.InvariantCulture) }),
    ];
}
