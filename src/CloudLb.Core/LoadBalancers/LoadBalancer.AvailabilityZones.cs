namespace CloudLb.Core.LoadBalancers;

public sealed partial record LoadBalancer
{
    /// <summary>Enables zones; one that is enabled already is no error.</summary>
    public LoadBalancer WithAvailabilityZones(IEnumerable<string> zones) => this with { AvailabilityZones = Sorted(AvailabilityZones.Concat(zones)) };

    /// <summary>Disables zones; one that is not enabled is no error. Instances there stay registered and take no traffic.</summary>
    public LoadBalancer WithoutAvailabilityZones(IReadOnlyCollection<string> zones)
    {
        var remaining = Sorted(AvailabilityZones.Where(zone => !zones.Contains(zone)));
        return remaining.Count > 0
            ? this with { AvailabilityZones = remaining }
            : throw new ServiceException(
                ErrorCode.InvalidConfigurationRequest,
                $"Requested configuration change for LoadBalancer \"{Key.Name}\" is invalid because you attempted to disable all the Availability Zones " +
                "for this LoadBalancer.");
    }

    /// <summary>An instance takes traffic when its zone is enabled, and when the inventory knows no zone for it.</summary>
    public bool IsZoneEnabled(string? zone) => zone is null || AvailabilityZones.Contains(zone);

    /// <summary>The form that <see cref="AvailabilityZones"/> has: each once, in ordinal order.</summary>
    public static EquatableArray<string> Sorted(IEnumerable<string> zones) => zones.Distinct().Order(StringComparer.Ordinal).ToEquatableArray();
}
