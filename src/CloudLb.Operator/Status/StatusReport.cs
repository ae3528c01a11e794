using CloudLb.Cli.Control;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Reach;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.Core.Traffic.Status;
using CloudLb.Core.Traffic.Told;

namespace CloudLb.Operator.Status;

/// <summary>Joins what the APIs tell of their load balancers and what the data plane serves, for an operator to read.</summary>
internal sealed class StatusReport(
    IEnumerable<IToldLoadBalancers> apis, IDataPlane dataPlane, IHealthSource health, ITrafficStatus status, AddressHealth addresses,
    DatagramReport datagrams)
{
    /// <summary>All load balancers, or those of a name, in the order of account, region and name.</summary>
    public IReadOnlyList<LoadBalancerStatus> LoadBalancers(string? name)
    {
        var faults = dataPlane.Faults.ToLookup(fault => fault.LoadBalancer);
        return [.. Told(name).Select(loadBalancer => Show(loadBalancer, [.. faults[loadBalancer.Id]]))];
    }

    /// <summary>The load balancers of a name with what their processes say now.</summary>
    public async Task<IReadOnlyList<LoadBalancerStatus>> DetailsAsync(string name, CancellationToken cancellationToken)
    {
        var statuses = new List<LoadBalancerStatus>();
        foreach (var loadBalancer in Told(name))
        {
            var faults = dataPlane.Faults.Where(fault => fault.LoadBalancer == loadBalancer.Id).ToList();
            var served = await status.ReadAsync(loadBalancer.Id, cancellationToken);
            statuses.Add(datagrams.Add(Detailed(loadBalancer, Show(loadBalancer, faults), served), loadBalancer));
        }

        return statuses;
    }

    /// <summary>A process, for a client of the control socket.</summary>
    public static CellSummary Show(EngineProcess process) => new()
    {
        Number = process.Number,
        ProcessId = process.ProcessId,
        Generation = process.Generation,
        LoadBalancers = process.LoadBalancers,
        OldProcesses = process.OldProcesses,
    };

    /// <summary>How a check ended, in the data plane's own words, for a client of the control socket.</summary>
    public static CheckStatus? Show(CheckAnswer? answer) => answer is null
        ? null
        : new() { Status = answer.Word, Code = answer.Code, Text = answer.Text, Milliseconds = answer.Duration?.TotalMilliseconds };

    private IEnumerable<ToldLoadBalancer> Told(string? name) =>
        apis.SelectMany(api => api.Read(each => name is null || each == name)).OrderBy(loadBalancer => loadBalancer.Id);

    private static LoadBalancerStatus Detailed(
        ToldLoadBalancer loadBalancer, LoadBalancerStatus status, ServedLoadBalancer? served) => status with
    {
        HealthCheck = loadBalancer.HealthCheck,
        Cell = served is null ? null : Show(served.Process),
        Silence = served?.Silence,
        Instances =
        [
            .. loadBalancer.Instances.Select(instance => Detailed(
                Show(instance, loadBalancer), instance,
                served?.Instances.FirstOrDefault(each =>
                    instance.Member is { } member ? each.Member == member : each.InstanceId == instance.InstanceId))),
        ],
    };

    private static InstanceStatus Detailed(InstanceStatus shown, ToldInstance instance, ServedInstance? served) => shown with
    {
        AvailabilityZone = instance.AvailabilityZone,
        LastCheck = Show(served?.LastCheck ?? served?.FirstProbe),
        Sessions = served?.Sessions,
        TotalSessions = served?.TotalSessions,
    };

    private LoadBalancerStatus Show(ToldLoadBalancer loadBalancer, IReadOnlyList<PlanFault> faults) => new()
    {
        Account = loadBalancer.Id.Account.ToString(),
        Region = loadBalancer.Id.Region,
        Name = loadBalancer.Id.Name,
        DnsName = loadBalancer.DnsName,
        Address = loadBalancer.Address.ToString(),
        Addresses = loadBalancer.Addresses.Count > 0 ? Show(loadBalancer.Addresses) : null,
        Listeners = [.. loadBalancer.Listeners.Select(listener => Show(listener, loadBalancer.Instances, faults))],
        Instances = [.. loadBalancer.Instances.Select(instance => Show(instance, loadBalancer))],
        Fault = health.WhyNotServed(loadBalancer.Id),
        Behind = health.WhyNotServed(loadBalancer.Id) is null ? faults.FirstOrDefault(fault => fault.Port is null)?.Reason : null,
    };

    private IReadOnlyList<AddressStatus> Show(IReadOnlyList<ToldAddress> several)
    {
        // The only one that names can lead to is as good as any, and so are those of IPv4 and IPv6 where zones have none of their own.
        var isJudged = several.Count(address => !address.IsLeaving) > 1 && several.Any(address => address.AvailabilityZone is not null);
        return [.. several.Select(address => Show(address, isJudged && !address.IsLeaving ? addresses.WhyNot(address.Address) : null))];
    }

    private static AddressStatus Show(ToldAddress address, string? reason) => new()
    {
        Address = address.Address.ToString(),
        AvailabilityZone = address.AvailabilityZone,
        State = address.IsLeaving ? "Leaving" : reason is null ? "Healthy" : "Unhealthy",
        Reason = reason,
    };

    private static ListenerStatus Show(
        ToldListener listener, IReadOnlyList<ToldInstance> instances, IReadOnlyList<PlanFault> faults) => new()
    {
        Protocol = listener.Protocol,
        LoadBalancerPort = listener.LoadBalancerPort,
        InstanceProtocol = listener.InstanceProtocol,
        InstancePort = listener.InstancePort,
        Groups = listener.Pools?.Select(pool => Show(pool, [.. instances.Where(each => each.Member?.Pool == pool.Pool)])).ToList(),
        Fault = faults.FirstOrDefault(fault => fault.IsOf(listener.LoadBalancerPort))?.Reason,
    };

    private static GroupStatus Show(ToldPool pool, IReadOnlyList<ToldInstance> targets) =>
        new(pool.Name, targets.Count(target => target.IsInService), targets.Count);

    private static InstanceStatus Show(ToldInstance instance, ToldLoadBalancer loadBalancer) => new()
    {
        InstanceId = instance.InstanceId,
        Port = instance.Member?.Id.Port,
        Group = instance.Member is { } member
            ? loadBalancer.Listeners.SelectMany(listener => listener.Pools ?? []).FirstOrDefault(pool => pool.Pool == member.Pool)?.Name
            : null,
        Address = instance.Address.ToString(),
        State = instance.State,
        ReasonCode = instance.ReasonCode,
        Description = instance.Description,
        Member = instance.Lease?.Member,
        LeaseSecondsLeft = instance.Lease?.Left.TotalSeconds,
    };
}
