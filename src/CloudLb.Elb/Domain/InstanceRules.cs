using System.Net;
using CloudLb.AwsApi;
using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using CloudLb.Core.Targets;

namespace CloudLb.Elb.Domain;

/// <summary>
/// What may be an instance of a load balancer: <see cref="TargetRules"/>, and that what was registered before there were such rules goes on
/// where nothing but a default forbids it. Asked when an instance is registered, when a listener or a health check names another port, and
/// at every plan.
/// </summary>
public sealed class InstanceRules(TargetRules rules, IResourceStore store, IInventory inventory)
{
    /// <summary>Why the load balancer's instance gets no traffic and no check; null when it may. Answers from memory.</summary>
    public TargetFault? WhyLeftOut(LoadBalancer loadBalancer, Instance instance) =>
        WhyLeftOut(loadBalancer, loadBalancer.TargetPorts, instance, inventory.Known(instance.InstanceId));

    /// <summary>The same for who asks of many, and has looked up what it is asked by already.</summary>
    /// <param name="loadBalancer">Whose instance it is.</param>
    /// <param name="ports">The load balancer's own.</param>
    /// <param name="instance">It.</param>
    /// <param name="known">What the inventory says of it.</param>
    public TargetFault? WhyLeftOut(LoadBalancer loadBalancer, IReadOnlyList<int> ports, Instance instance, InventoryInstance? known)
    {
        var address = known?.Address ?? instance.Address;
        var fault = rules.WhyNot(store.Current, loadBalancer.Key.Account, ports, known, address);
        return fault is { IsAbsolute: false } && !instance.IsJudged && address.Equals(instance.Address) ? null : fault;
    }

    /// <summary>
    /// What a default forbids and goes on all the same, as it was registered before there were such rules; null for all else.
    /// </summary>
    public TargetFault? WhyTolerated(LoadBalancer loadBalancer, Instance instance) =>
        IsOlder(instance) && WhyNot(store.Current, loadBalancer, instance.InstanceId, AddressOf(instance)) is { IsAbsolute: false } fault
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
            var fault = WhyNot(snapshot, loadBalancer, instance.InstanceId, instance.Address);
            var isTolerated = fault is { IsAbsolute: false }
                && loadBalancer.FindInstance(instance.InstanceId) is { IsJudged: false } existing
                && existing.Address.Equals(instance.Address);
            judged.Add(fault is null || isTolerated
                ? instance with { IsJudged = !isTolerated }
                : throw Errors.InvalidInstance.Because($"EC2 instance {instance.InstanceId} cannot be registered: {fault.Reason}."));
        }

        return judged;
    }

    /// <summary>The load balancer as it is to become, unless a port that is new to its instances is one that may not be a target.</summary>
    /// <param name="snapshot">Everything there is.</param>
    /// <param name="before">As it is.</param>
    /// <param name="after">As it is to become.</param>
    /// <param name="error">What is refused with.</param>
    public LoadBalancer CheckPorts(Snapshot snapshot, LoadBalancer before, LoadBalancer after, ErrorContract error)
    {
        List<int> ports = [.. after.TargetPorts.Except(before.TargetPorts)];
        foreach (var instance in ports.Count == 0 ? [] : after.Instances)
        {
            if (rules.WhyNotPorts(snapshot, AddressOf(instance), ports) is { } found)
            {
                throw error.Because($"The instance {instance.InstanceId} is registered, and {found.Reason}.");
            }
        }

        return after;
    }

    private TargetFault? WhyNot(Snapshot snapshot, LoadBalancer loadBalancer, string instanceId, IPAddress address) =>
        rules.WhyNot(snapshot, loadBalancer.Key.Account, loadBalancer.TargetPorts, inventory.Known(instanceId), address);

    private IPAddress AddressOf(Instance instance) => inventory.Known(instance.InstanceId)?.Address ?? instance.Address;

    private bool IsOlder(Instance instance) => !instance.IsJudged && AddressOf(instance).Equals(instance.Address);
}
