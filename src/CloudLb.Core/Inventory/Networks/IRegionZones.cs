namespace CloudLb.Core.Inventory;

/// <summary>Which Availability Zones a region has.</summary>
public interface IRegionZones
{
    IReadOnlyList<string> Of(string region);
}
