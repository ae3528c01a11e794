using CloudLb.HAProxy;

namespace CloudLb.Tests.HAProxy;

/// <summary>HAProxy's data plane does what every one does.</summary>
public sealed class HAProxyContractTests : DataPlaneContract
{
    private protected override async Task<DataPlaneRig> StartAsync() =>
        new HAProxyRig(await RunningDataPlane.StartAsync(settings:
            [(nameof(HAProxyOptions.PollInterval), "00:00:00.2"), (nameof(HAProxyOptions.StopTimeout), "00:00:30")]));
}
