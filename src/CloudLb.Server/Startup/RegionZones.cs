using CloudLb.Core.LoadBalancers;

namespace CloudLb.Server.Startup;

/// <summary>The Availability Zones that the settings give; a region they do not name has its own name with a, b and c appended.</summary>
internal sealed class RegionZones(IReadOnlyDictionary<string, List<string>> configured) : IRegionZones
{
    public IReadOnlyList<string> Of(string region) => configured.TryGetValue(region, out var zones) ? zones : [$"{region}a", $"{region}b", $"{region}c"];
}
