using CloudLb.AwsApi;
using CloudLb.Core.Inventory;

namespace CloudLb.Elb.Mapping;

/// <summary>Availability Zones by name, each of which the region must have.</summary>
internal static class AvailabilityZoneMapping
{
    /// <summary>The zones given, at least one; one that the region does not have is a ValidationError.</summary>
    public static IReadOnlyList<string> Check(this IRegionZones zones, string region, IReadOnlyList<string> names)
    {
        var known = zones.Of(region);
        return names.NotEmpty("AvailabilityZones").FirstOrDefault(name => !known.Contains(name)) is { } unknown
            ? throw CommonErrors.ValidationError.Because(
                $"Invalid Availability Zone '{unknown}'; region {region} has {string.Join(", ", known)}")
            : names;
    }
}
