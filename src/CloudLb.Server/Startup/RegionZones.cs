using CloudLb.Core.Inventory;

namespace CloudLb.Server.Startup;

/// <summary>
/// The Availability Zones that the settings give; of a region they do not name, those that an EC2 endpoint has there, or its own name with
/// a, b and c appended.
/// </summary>
internal sealed class RegionZones(IReadOnlyDictionary<string, List<string>> configured, EndpointInventory? endpoint = null) : IRegionZones
{
    public IReadOnlyList<string> Of(string region) => configured.TryGetValue(region, out var zones)
        ? zones
        : (endpoint?.Region == region ? endpoint.Zones : null) ?? [$"{region}a", $"{region}b", $"{region}c"];
}
