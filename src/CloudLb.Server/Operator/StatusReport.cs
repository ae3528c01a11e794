using CloudLb.Cli.Control;
using CloudLb.Core.Inventory;
using CloudLb.Core.LoadBalancers;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.HAProxy;
using CloudLb.HAProxy.Status;

namespace CloudLb.Server.Operator;

/// <summary>Joins what is stored, what the data plane serves and what the checks say, for an operator to read.</summary>
internal sealed class StatusReport(ILoadBalancerStore store, HAProxyDataPlane dataPlane, HealthReader health, IInventory inventory)
{
    /// <summary>All load balancers, or those of a name, in the order of account, region and name.</summary>
    public IReadOnlyList<LoadBalancerStatus> LoadBalancers(string? name)
    {
        var faults = dataPlane.Faults.ToLookup(fault => fault.LoadBalancer);
        return [.. store.Current.All.Where(loadBalancer => name is null || loadBalancer.Key.Name == name).OrderBy(loadBalancer => loadBalancer.Key).Select(loadBalancer => Status(loadBalancer, [.. faults[loadBalancer.Key.ToId()]]))];
    }

    /// <summary>The load balancers of a name with what their HAProxy processes say now.</summary>
    public async Task<IReadOnlyList<LoadBalancerStatus>> DetailsAsync(string name, CancellationToken cancellationToken)
    {
        var statuses = new List<LoadBalancerStatus>();
        foreach (var loadBalancer in store.Current.All.Where(loadBalancer => loadBalancer.Key.Name == name).OrderBy(loadBalancer => loadBalancer.Key))
        {
            var faults = dataPlane.Faults.Where(fault => fault.LoadBalancer == loadBalancer.Key.ToId()).ToList();
            statuses.Add(Detailed(loadBalancer, Status(loadBalancer, faults), await dataPlane.ReadAsync(loadBalancer.Key.ToId(), cancellationToken)));
        }

        return statuses;
    }

    /// <summary>A cell, for a client of the control socket.</summary>
    public static CellSummary Summary(CellStatus cell) => new()
    {
        Number = cell.Number,
        ProcessId = cell.ProcessId,
        Generation = cell.Generation,
        LoadBalancers = cell.LoadBalancers,
        OldProcesses = cell.OldProcesses,
    };

    private LoadBalancerStatus Detailed(LoadBalancer loadBalancer, LoadBalancerStatus status, ServedLoadBalancer? served) => status with
    {
        HealthCheck = CheckWords.Settings(loadBalancer.HealthCheck),
        Cell = served is null ? null : Summary(served.Cell),
        Silence = served?.Silence,
        Instances = [.. status.Instances.Select(instance => Detailed(instance, loadBalancer, served?.Instances.FirstOrDefault(each => each.InstanceId == instance.InstanceId)))],
    };

    private InstanceStatus Detailed(InstanceStatus status, LoadBalancer loadBalancer, ServedInstance? served) => status with
    {
        AvailabilityZone = ZoneOf(loadBalancer.FindInstance(status.InstanceId)),
        LastCheck = (served?.LastCheck ?? served?.FirstProbe) is not { } check
            ? null
            : new() { Status = check.Status, Code = check.Code, Text = check.Text, Milliseconds = check.Duration?.TotalMilliseconds },
        Sessions = served?.Sessions,
        TotalSessions = served?.TotalSessions,
    };

    private string? ZoneOf(Instance? instance) =>
        instance is null ? null : inventory.Known(instance.InstanceId) is { } known ? known.AvailabilityZone : instance.AvailabilityZone;

    private LoadBalancerStatus Status(LoadBalancer loadBalancer, IReadOnlyList<PlanFault> faults) => new()
    {
        Account = loadBalancer.Key.Account.ToString(),
        Region = loadBalancer.Key.Region,
        Name = loadBalancer.Key.Name,
        DnsName = loadBalancer.DnsName,
        Address = loadBalancer.Address.ToString(),
        Listeners = [.. loadBalancer.Listeners.Select(listener => Status(listener, faults))],
        Instances = [.. loadBalancer.Instances.Select(instance => Status(loadBalancer, instance))],
        Fault = dataPlane.WhyNotServed(loadBalancer.Key.ToId()) ?? faults.FirstOrDefault(fault => fault.Port is null)?.Reason,
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
