using System.Globalization;
using CloudLb.Elb.Contracts;
using CloudLb.Tools.Output;

namespace CloudLb.Tools.Definitions;

/// <summary>A load balancer as a row; the order and number of columns are what scripts count on.</summary>
internal static class DescriptionRows
{
    private const string Type = "LOAD_BALANCER";

    /// <summary>
    /// One in a VPC has subnets and VPC id before the instances, as the later tools print them; another has the order from before VPCs.
    /// </summary>
    /// <param name="lb">The load balancer.</param>
    /// <param name="isClassic">The order from before VPCs is asked for; subnets and VPC id come last then.</param>
    public static Row Java(LoadBalancerDescription lb, bool isClassic)
    {
        Cell[] network = string.IsNullOrEmpty(lb.VPCId)
            ? []
            : [new("SUBNETS", Join(lb.Subnets, ", ")) { IsLong = true }, new("VPC_ID", lb.VPCId) { IsLong = true }];
        return new(
            Type,
            [
                new("NAME", lb.LoadBalancerName),
                new("DNS_NAME", lb.DNSName),
                new("CANONICAL_HOSTED_ZONE_NAME", lb.CanonicalHostedZoneName),
                new("CANONICAL_HOSTED_ZONE_NAME_ID", lb.CanonicalHostedZoneNameID),
                new("HEALTH_CHECK", HealthCheck(lb)) { IsLong = true },
                new("AVAILABILITY_ZONES", Join(lb.AvailabilityZones, ", ")) { IsLong = true },
                .. isClassic ? [] : network,
                new("INSTANCE_ID", Join(Instances(lb), ", ")) { IsLong = true },
                new("LISTENER", Listeners(lb)) { IsLong = true },
                new("BACKEND_SERVER", BackendServers(lb)) { IsLong = true },
                new("APP_COOKIE_STICKINESS_POLICIES", AppCookiePolicies(lb)) { IsLong = true },
                new("LB_COOKIE_STICKINESS_POLICIES", LBCookiePolicies(lb)) { IsLong = true },
                new("OTHER_POLICIES", Braced(lb.Policies?.OtherPolicies)) { IsLong = true },
                new("SOURCE_SECURITY_GROUP", SourceGroup(lb)) { IsLong = true },
                new("SECURITY_GROUPS", Braced(lb.SecurityGroups)) { IsLong = true },
                new("CREATED_TIME", Created(lb)),
                new("SCHEME", lb.Scheme) { IsLong = true },
                .. isClassic ? network : [],
            ]);
    }

    public static Row Euca(LoadBalancerDescription lb, bool isLong) => new(
        Type,
        [
            new("name", lb.LoadBalancerName),
            new("DNS name", lb.DNSName),
            .. isLong
                ?
                [
                    new("hosted zone", lb.CanonicalHostedZoneName),
                    new("hosted zone id", lb.CanonicalHostedZoneNameID),
                    new("health check", HealthCheck(lb)),
                    new("zones", Join(lb.AvailabilityZones)),
                    new("subnets", Join(lb.Subnets)),
                    new("VPC id", lb.VPCId),
                    new("instances", Join(Instances(lb))),
                    new("listeners", Listeners(lb)),
                    new("back ends", BackendServers(lb)),
                    new("app-cookie policies", AppCookiePolicies(lb)),
                    new("LB-cookie policies", LBCookiePolicies(lb)),
                    new("other policies", Braced(lb.Policies?.OtherPolicies)),
                    new("source group", SourceGroup(lb)),
                    new("security groups", Braced(lb.SecurityGroups)),
                ]
                : Array.Empty<Cell>(),
            new("created time", Created(lb)),
            new("scheme", lb.Scheme),
        ]);

    private static string? Created(LoadBalancerDescription lb) =>
        lb.CreatedTime?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string? HealthCheck(LoadBalancerDescription lb) => lb.HealthCheck is not { } check
        ? null
        : $"{{interval={check.Interval},target={check.Target},timeout={check.Timeout},healthy-threshold={check.HealthyThreshold}," +
            $"unhealthy-threshold={check.UnhealthyThreshold}}}";

    private static IEnumerable<string> Instances(LoadBalancerDescription lb) =>
        lb.Instances?.Select(instance => instance.InstanceId ?? "") ?? [];

    private static string Listeners(LoadBalancerDescription lb) => Join(lb.ListenerDescriptions?.Select(Listener));

    private static string Listener(ListenerDescription description)
    {
        var listener = description.Listener;
        var parts = new (string Name, string? Value)[]
        {
            ("protocol", listener?.Protocol), ("lb-port", $"{listener?.LoadBalancerPort}"),
            ("instance-protocol", listener?.InstanceProtocol),
            ("instance-port", $"{listener?.InstancePort}"), ("cert-id", listener?.SSLCertificateId),
        };
        var texts = parts.Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => $"{part.Name}={part.Value}");
        return $"{{{Join(description.PolicyNames is { Count: > 0 } policies ? texts.Append(Braced(policies)!) : texts)}}}";
    }

    private static string BackendServers(LoadBalancerDescription lb) => Join(lb.BackendServerDescriptions?.Select(
        server => $"{{instance-port={server.InstancePort},policies={{{Join(server.PolicyNames)}}}}}"));

    private static string AppCookiePolicies(LoadBalancerDescription lb) => Join(lb.Policies?.AppCookieStickinessPolicies?.Select(
        policy => $"{{policy-name={policy.PolicyName},cookie-name={policy.CookieName}}}"));

    private static string LBCookiePolicies(LoadBalancerDescription lb) => Join(lb.Policies?.LBCookieStickinessPolicies?.Select(
        policy => $"{{policy-name={policy.PolicyName},expiration-period={policy.CookieExpirationPeriod}}}"));

    private static string? SourceGroup(LoadBalancerDescription lb) => lb.SourceSecurityGroup is not { } group
        ? null
        : $"{{owner-alias={group.OwnerAlias},group-name={group.GroupName}}}";

    private static string? Braced(IReadOnlyList<string>? values) => values is { Count: > 0 } ? $"{{{Join(values)}}}" : null;

    private static string Join(IEnumerable<string>? values, string separator = ",") => string.Join(separator, values ?? []);
}
