using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Counters;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.Core.Traffic.Status;

namespace CloudLb.Tests.DataPlanes;

/// <summary>A data plane under the contract, with a place of its own for what it writes, which goes at the end.</summary>
internal abstract class DataPlaneRig : IAsyncDisposable
{
    public abstract IDataPlane DataPlane { get; }

    public abstract IHealthSource Health { get; }

    public abstract ITrafficStatus Status { get; }

    public abstract ITrafficCounters Counters { get; }

    public abstract ChangeSignal Changes { get; }

    /// <summary>Ends the processes that serve, without a word to the data plane.</summary>
    public abstract void KillProcesses();

    /// <summary>As at the end of CloudLb.</summary>
    public abstract Task StopAsync();

    /// <summary>As when CloudLb is killed and started again at the same place: the next one has applied nothing yet.</summary>
    public abstract Task<DataPlaneRig> CrashAndFollowAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>Returns when all of the plan flows that can, also when a part was put off.</summary>
    public async Task ApplyAsync(params PlannedLoadBalancer[] loadBalancers)
    {
        var plan = Plans.Of(loadBalancers);
        var token = TestContext.Current.CancellationToken;
        Changes.TakeSince();
        await DataPlane.ApplyAsync(plan, token);
        while (DataPlane.IsBehind)
        {
            await Changes.WaitAsync(TimeSpan.FromSeconds(1), token);
            Changes.TakeSince();
            await DataPlane.ApplyAsync(plan, token);
        }
    }

    public Task IsAsync(PlannedLoadBalancer loadBalancer, string instanceId, ObservedHealth health) =>
        Eventually.IsTrueAsync(() => Health.Find(loadBalancer.Id, instanceId) == health, $"{instanceId} is {health}");

    /// <summary>Over all zones.</summary>
    public long Counted(PlannedLoadBalancer loadBalancer, ZoneCounter counter) =>
        Counters.Traffic.Where(traffic => traffic.Id == loadBalancer.Id).Sum(traffic => traffic.Zones.Sum(zone => traffic[zone, counter]));
}
