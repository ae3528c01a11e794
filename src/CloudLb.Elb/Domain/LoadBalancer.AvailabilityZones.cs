using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.Core.Inventory;

namespace CloudLb.Elb.Domain;

public sealed partial record LoadBalancer
{
    /// <summary>
    /// Enables zones; one that is enabled already is no error. In the default VPC that attaches the zone's default subnet.
    /// </summary>
    public LoadBalancer WithAvailabilityZones(IEnumerable<string> zones, Network network)
    {
        if (VpcId is null)
        {
            return this with { AvailabilityZones = Sorted(AvailabilityZones.Concat(zones)) };
        }

        EnsureDefaultVpc("enable", network);
        var added = zones.Where(zone => !AvailabilityZones.Contains(zone)).Distinct();
        return WithSubnets(added.Select(zone => network.DefaultSubnet(zone) ?? throw NoDefaultSubnet(zone)));
    }

    /// <summary>Disables zones; one that is not enabled is no error. Instances there stay registered and take no traffic.</summary>
    public LoadBalancer WithoutAvailabilityZones(IReadOnlyCollection<string> zones, Network network)
    {
        if (VpcId is not null)
        {
            EnsureDefaultVpc("disable", network);
        }

        var remaining = Sorted(AvailabilityZones.Where(zone => !zones.Contains(zone)));
        return remaining.Count > 0
            ? this with
            {
                AvailabilityZones = remaining,
                Subnets = Subnets.Where(subnet => remaining.Contains(subnet.AvailabilityZone)).ToEquatableArray(),
            }
            : throw Errors.InvalidConfigurationRequest.Because(
                $"Requested configuration change for LoadBalancer \"{Key.Name}\" is invalid because you attempted to disable all the " +
                "Availability Zones for this LoadBalancer.");
    }

    /// <summary>An instance takes traffic when its zone is enabled, and when the inventory knows no zone for it.</summary>
    public bool IsZoneEnabled(string? zone) => zone is null || AvailabilityZones.Contains(zone);

    /// <summary>The form that <see cref="AvailabilityZones"/> has: each once, in ordinal order.</summary>
    public static EquatableArray<string> Sorted(IEnumerable<string> zones) =>
        zones.Distinct().Order(StringComparer.Ordinal).ToEquatableArray();

    /// <summary>In the words of AWS captures; their code is not known.</summary>
    private void EnsureDefaultVpc(string change, Network network)
    {
        if (VpcId != network.DefaultVpc?.VpcId)
        {
            throw CommonErrors.ValidationError.Because($"You cannot {change} Availability Zones for ELBs in VPC.");
        }
    }

    /// <summary>
    /// AWS's words are not known. The code is that of a zone that is not there: enabling zones has no other (service model).
    /// </summary>
    private static ServiceException NoDefaultSubnet(string zone) =>
        CommonErrors.ValidationError.Because($"The default VPC has no subnet in Availability Zone \"{zone}\"");
}
