using System.Net;
using System.Net.Sockets;
using CloudLb.Core.Inventory;
using CloudLb.Core.LoadBalancers;
using CloudLb.Core.Resources;

namespace CloudLb.Core.Targets;

/// <summary>
/// What may be a target of a load balancer, for traffic and checks alike: no load balancer, nothing that CloudLb itself listens on, nothing in a network
/// where no instance may be, and nothing that is another account's. Asked when an instance is registered, when a listener or a health check names another
/// port, and at every plan, so that a host name that resolves anew and an inventory that changes are judged as well.
/// </summary>
/// <param name="store">Everything there is; the addresses that load balancers have are no targets.</param>
/// <param name="inventory">Where instances are.</param>
/// <param name="pool">The networks that load balancers are given addresses from.</param>
/// <param name="own">Where CloudLb listens.</param>
/// <param name="networks">Where instances may be.</param>
/// <remarks>
/// Addresses that load balancers have, or can be given, are judged by address: whatever ports they listen on later, no chain can close. Addresses that
/// CloudLb shares with the machine are judged by address and port.
/// </remarks>
public sealed class TargetRules(
    IResourceStore store, IInventory inventory, IReadOnlyList<IPNetwork> pool, OwnListeners own, TargetNetworks networks)
{
    private volatile AddressOwners _owners = AddressOwners.None;

    /// <summary>Why the load balancer's instance gets no traffic and no check; null when it may. Answers from memory.</summary>
    public TargetFault? WhyLeftOut(LoadBalancer loadBalancer, Instance instance)
    {
        var known = inventory.Known(instance.InstanceId);
        var fault = WhyNot(store.Current, loadBalancer, known, known?.Address ?? instance.Address);
        return fault is { IsAbsolute: false } && IsOlder(instance) ? null : fault;
    }

    /// <summary>What a default forbids and goes on all the same, as it was registered before there were such rules; null for all else.</summary>
    public TargetFault? WhyTolerated(LoadBalancer loadBalancer, Instance instance) =>
        IsOlder(instance) && WhyNot(store.Current, loadBalancer, inventory.Known(instance.InstanceId), AddressOf(instance)) is { IsAbsolute: false } fault
            ? fault
            : null;

    /// <summary>
    /// The instances as they are to be registered, given everything there is; one that may not be a target is InvalidInstance.
    /// </summary>
    public IReadOnlyList<Instance> Check(Snapshot snapshot, LoadBalancer loadBalancer, IReadOnlyList<Instance> instances)
    {
        var judged = new List<Instance>(instances.Count);
        foreach (var instance in instances)
        {
            var fault = WhyNot(snapshot, loadBalancer, inventory.Known(instance.InstanceId), instance.Address);
            var isTolerated = fault is { IsAbsolute: false }
                && loadBalancer.FindInstance(instance.InstanceId) is { IsJudged: false } existing && existing.Address.Equals(instance.Address);
            judged.Add(fault is null || isTolerated
                ? instance with { IsJudged = !isTolerated }
                : throw new ServiceException(ErrorCode.InvalidInstance, $"EC2 instance {instance.InstanceId} cannot be registered: {fault.Reason}."));
        }

        return judged;
    }

    /// <summary>The load balancer as it is to become, unless a port that is new to its instances is one that may not be a target.</summary>
    /// <param name="snapshot">Everything there is.</param>
    /// <param name="before">As it is.</param>
    /// <param name="after">As it is to become.</param>
    /// <param name="code">What is refused with.</param>
    public LoadBalancer CheckPorts(Snapshot snapshot, LoadBalancer before, LoadBalancer after, ErrorCode code)
    {
        var ports = after.TargetPorts.Except(before.TargetPorts).ToList();
        foreach (var instance in ports.Count == 0 ? [] : after.Instances)
        {
            foreach (var meaning in AddressMeanings.Of(AddressOf(instance)))
            {
                if (ports.Select(port => OfPort(snapshot, meaning, port)).FirstOrDefault(fault => fault is not null) is { } found)
                {
                    throw new ServiceException(code, $"The instance {instance.InstanceId} is registered, and {found.Reason}.");
                }
            }
        }

        return after;
    }

    private IPAddress AddressOf(Instance instance) => inventory.Known(instance.InstanceId)?.Address ?? instance.Address;

    private bool IsOlder(Instance instance) => !instance.IsJudged && AddressOf(instance).Equals(instance.Address);

    /// <summary>What holds in any case goes before what does not. Asked of thousands of instances at once, so that nothing is made on the way.</summary>
    private TargetFault? WhyNot(Snapshot snapshot, LoadBalancer loadBalancer, InventoryInstance? known, IPAddress address)
    {
        if (known?.Account is { } owner && owner != loadBalancer.Key.Account)
        {
            return new("it belongs to another account", IsAbsolute: true);
        }

        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return WhyNot(snapshot, loadBalancer, address);
        }

        TargetFault? first = null;
        foreach (var meaning in AddressMeanings.Of(address))
        {
            var fault = WhyNot(snapshot, loadBalancer, meaning);
            if (fault is { IsAbsolute: true })
            {
                return fault;
            }

            first ??= fault;
        }

        return first;
    }

    private TargetFault? WhyNot(Snapshot snapshot, LoadBalancer loadBalancer, IPAddress meaning)
    {
        foreach (var listener in loadBalancer.Listeners)
        {
            if (OfPort(snapshot, meaning, listener.InstancePort) is { } ofListener)
            {
                return ofListener;
            }
        }

        if (OfPort(snapshot, meaning, loadBalancer.HealthCheck.Target.Port) is { } ofCheck)
        {
            return ofCheck;
        }

        var ofNetwork = networks.WhyNot(meaning);
        if (ofNetwork is { IsAbsolute: true })
        {
            return ofNetwork;
        }

        if (Owners().IsOthers(meaning, loadBalancer.Key.Account))
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
    private TargetFault? OfPort(Snapshot snapshot, IPAddress address, int port)
    {
        if (snapshot.IsListening(address, port))
        {
            return new($"a load balancer listens on {address} port {port}", IsAbsolute: true);
        }

        return own.Has(address, port) ? new($"CloudLb itself listens on {address} port {port}", IsAbsolute: true) : null;
    }

    private AddressOwners Owners()
    {
        var (owners, listed) = (_owners, inventory.Listed);
        return ReferenceEquals(owners.Listed, listed) ? owners : _owners = AddressOwners.Of(listed);
    }
}
