using System.Net;
using System.Net.Sockets;
using CloudLb.Core.Accounts;
using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;

namespace CloudLb.Core.Targets;

/// <summary>
/// What may be a target, for traffic and checks alike: no load balancer, nothing that CloudLb itself listens on, nothing in a network where
/// no instance may be, and nothing that is another account's. Each API asks when a target is registered, when a load balancer names another
/// port, and at every plan, so that a host name that resolves anew and an inventory that changes are judged as well.
/// </summary>
/// <param name="inventory">Where instances are, and whose.</param>
/// <param name="pool">The networks that load balancers are given addresses from.</param>
/// <param name="own">Where CloudLb listens.</param>
/// <param name="networks">Where instances may be.</param>
/// <remarks>
/// Addresses that load balancers have, or can be given, are judged by address: whatever ports they listen on later, no chain can close.
/// Addresses that CloudLb shares with the machine are judged by address and port.
/// </remarks>
public sealed class TargetRules(IInventory inventory, IReadOnlyList<IPNetwork> pool, OwnListeners own, TargetNetworks networks)
{
    private volatile AddressOwners _owners = AddressOwners.None;

    /// <summary>Why an account's load balancer may not send there; null when it may. Answers from memory.</summary>
    /// <param name="snapshot">Everything there is; the addresses in use are no targets.</param>
    /// <param name="account">Whose load balancer it is.</param>
    /// <param name="ports">Where its traffic and its checks go.</param>
    /// <param name="known">What the inventory says of the target; null when it knows nothing.</param>
    /// <param name="address">Where the target is.</param>
    /// <remarks>
    /// What holds in any case goes before what does not. Asked of thousands of targets at once, so that nothing is made on the way.
    /// </remarks>
    public TargetFault? WhyNot(Snapshot snapshot, AccountId account, IReadOnlyList<int> ports, InventoryInstance? known, IPAddress address)
    {
        if (known?.Account is { } owner && owner != account)
        {
            return new("it belongs to another account", IsAbsolute: true);
        }

        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return WhyNot(snapshot, account, ports, address);
        }

        TargetFault? first = null;
        foreach (var meaning in AddressMeanings.Of(address))
        {
            var fault = WhyNot(snapshot, account, ports, meaning);
            if (fault is { IsAbsolute: true })
            {
                return fault;
            }

            first ??= fault;
        }

        return first;
    }

    /// <summary>Why some port of an address is no target, whatever the address is otherwise; null when each may be one.</summary>
    public TargetFault? WhyNotPorts(Snapshot snapshot, IPAddress address, IReadOnlyList<int> ports) =>
        AddressMeanings.Of(address).Select(meaning => OfPorts(snapshot, meaning, ports)).FirstOrDefault(fault => fault is not null);

    private TargetFault? WhyNot(Snapshot snapshot, AccountId account, IReadOnlyList<int> ports, IPAddress meaning)
    {
        if (OfPorts(snapshot, meaning, ports) is { } ofPort)
        {
            return ofPort;
        }

        var ofNetwork = networks.WhyNot(meaning);
        if (ofNetwork is { IsAbsolute: true })
        {
            return ofNetwork;
        }

        if (Owners().IsOthers(meaning, account))
        {
            return new($"{meaning} belongs to another account", IsAbsolute: true);
        }

        return snapshot.IsUsed(Use.OfAddress(meaning)) || IsInPool(meaning)
            ? new($"{meaning} is an address of load balancers, which cannot be instances", IsAbsolute: false)
            : ofNetwork;
    }

    private bool IsInPool(IPAddress address)
    {
        for (var index = 0; index < pool.Count; index++)
        {
            if (pool[index].Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What is certain to come back: a listener of a load balancer, or of CloudLb.</summary>
    private TargetFault? OfPorts(Snapshot snapshot, IPAddress address, IReadOnlyList<int> ports)
    {
        for (var index = 0; index < ports.Count; index++)
        {
            var port = ports[index];
            if (snapshot.IsListening(address, port))
            {
                return new($"a load balancer listens on {address} port {port}", IsAbsolute: true);
            }

            if (own.Has(address, port))
            {
                return new($"CloudLb itself listens on {address} port {port}", IsAbsolute: true);
            }
        }

        return null;
    }

    private AddressOwners Owners()
    {
        var (owners, listed) = (_owners, inventory.Listed);
        return ReferenceEquals(owners.Listed, listed) ? owners : _owners = AddressOwners.Of(listed);
    }
}
