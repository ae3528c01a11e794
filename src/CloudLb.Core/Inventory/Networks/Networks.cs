using CloudLb.Core.Accounts;

namespace CloudLb.Core.Inventory;

/// <summary>The network of each account and region, as the inventory has it at that moment.</summary>
public sealed class Networks(IInventory inventory, IRegionZones zones)
{
    // Whoever makes load balancers one after the other makes them in one network.
    private volatile Made? _last;

    /// <summary>What the networks are made of: another object whenever they may be others.</summary>
    public InventoryContent Listed => inventory.Listed;

    /// <summary>The network, an EC2 endpoint asked first where it may know more.</summary>
    /// <param name="ids">The subnets, security groups and VPCs that the caller names.</param>
    /// <exception cref="ServiceException">ServiceUnavailable: the endpoint could not be asked.</exception>
    public async ValueTask<Network> FindAsync(
        AccountId account, string region, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        await inventory.LookUpNetworksAsync(region, ids, cancellationToken);
        return Of(account, region);
    }

    public Network Of(AccountId account, string region)
    {
        var (named, listed) = (zones.Of(region), inventory.Listed);
        if (_last is { } last && last.Account == account && last.Region == region
            && ReferenceEquals(last.Listed, listed) && last.Zones.SequenceEqual(named))
        {
            return last.Network;
        }

        var network = new Network(account, region, named, listed);
        _last = new(account, region, [.. named], listed, network);
        return network;
    }

    private sealed record Made(AccountId Account, string Region, IReadOnlyList<string> Zones, InventoryContent Listed, Network Network);
}
