using CloudLb.Core.Accounts;
using CloudLb.Core.LoadBalancers;

namespace CloudLb.Core.Inventory;

/// <summary>The network of each account and region, as the inventory has it at that moment.</summary>
public sealed class Networks(IInventory inventory, IRegionZones zones)
{
    /// <summary>What the networks are made of: another object whenever they may be others.</summary>
    public InventoryContent Listed => inventory.Listed;

    public Network Of(AccountId account, string region) => new(account, region, zones.Of(region), inventory.Listed);
}
