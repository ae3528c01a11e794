using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Counters;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.Core.Traffic.Status;
using CloudLb.HAProxy;
using CloudLb.HAProxy.Machine;

namespace CloudLb.Tests.HAProxy;

/// <summary>HAProxy's data plane under the contract.</summary>
internal sealed class HAProxyRig(RunningDataPlane running) : DataPlaneRig
{
    public override IDataPlane DataPlane => running.DataPlane;

    public override IHealthSource Health => running.DataPlane;

    public override ITrafficStatus Status => running.DataPlane;

    public override ITrafficCounters Counters => running.DataPlane;

    public override ChangeSignal Changes => running.Changes;

    public override void KillProcesses()
    {
        foreach (var processId in ProcessList.Under(running.Directory))
        {
            TestRequests.Kill(processId);
        }
    }

    public override Task StopAsync() => running.StopAsync();

    public override async Task<DataPlaneRig> CrashAndFollowAsync()
    {
        var directory = running.Directory;
        await running.CrashAsync();
        return new HAProxyRig(await RunningDataPlane.StartAsync(directory, (nameof(HAProxyOptions.PollInterval), "00:00:00.2")));
    }

    public override ValueTask DisposeAsync() => running.DisposeAsync();
}
