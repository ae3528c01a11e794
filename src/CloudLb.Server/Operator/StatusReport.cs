using CloudLb.Cli.Control;
using CloudLb.Core.Health;
using CloudLb.Core.Inventory;
using CloudLb.Core.LoadBalancers;
using CloudLb.Core.Reconciliation;

namespace CloudLb.Server.Operator;

/// <summary>Joins what is stored, what the data plane serves and what the checks say, for an operator to read.</summary>
internal sealed class StatusReport(ILoadBalancerStore store, IDataPlane dataPlane, HealthReader health, IInventory inventory)
{
    /// <summary>All load balancers, or those of a name, in the order of account, region and name.</summary>
    public IReadOnlyList<LoadBalancerStatus> LoadBalancers(string? name)
    {
        var faults = dataPlane.Faults.ToLookup(fault => fault.LoadBalancer);
        return [.. store.Current.All.Where(loadBalancer => name is null || loadBalancer.Key.Name == name).OrderBy(loadBalancer => loadBalancer.Key).Select(loadBalancer => Status(loadBalancer, [.. faults[loadBalancer.Key]]))];
    }

    private LoadBalancerStatus Status(LoadBalancer loadBalancer, IReadOnlyList<PlanFault> faults) => new()
    {
        Account = loadBalancer.Key.Account.ToString(),
        Region = loadBalancer.Key.Region,
        Name = loadBalancer.Key.Name,
        DnsName = loadBalancer.DnsName,
        Address = loadBalancer.Address.ToString(),
        Listeners = [.. loadBalancer.Listeners.Select(listener => Status(listener, faults))],
        Instances = [.. loadBalancer.Instances.Select(instance => Status(loadBalancer, instance))],
        Fault = faults.FirstOrDefault(fault => fault.Port is null)?.Reason,
    };

    private static ListenerStatus Status(Listener listener, IReadOnlyList<PlanFault> faults) => new()
    {
        Protocol = listener.Protocol.ToString(),
        LoadBalancerPort = listener.LoadBalancerPort,
        InstanceProtocol = listener.InstanceProtocol.ToString(),
        InstancePort = listener.InstancePort,
        Fault = faults.FirstOrDefault(fault => fault.Port == listener.LoadBalancerPort)?.Reason,
    };

    private InstanceStatus Status(LoadBalancer loadBalancer, Instance instance)
    {
        var state = health.Read(loadBalancer, instance.InstanceId);
        return new()
        {
            InstanceId = instance.InstanceId,
            Address = (inventory.Known(instance.InstanceId)?.Address ?? instance.Address).ToString(),
            State = state.State.ToString(),
            ReasonCode = state.ReasonCode,
            Description = state.Description,
        };
    }
}
