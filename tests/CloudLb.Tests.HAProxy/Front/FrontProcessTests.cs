using CloudLb.HAProxy.Machine;

namespace CloudLb.Tests.HAProxy;

/// <summary>The process at an address that load balancers share: it is changed, and dies, without a loss.</summary>
public sealed class FrontProcessTests : IAsyncLifetime
{
    /// <summary>SIGSTOP.</summary>
    private const int Stop = 19;

    private FrontRig _rig = null!;

    public async ValueTask InitializeAsync() => _rig = await FrontRig.StartAsync();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task Load_balancers_and_names_come_and_go_in_the_process_that_there_is_and_no_request_is_lost()
    {
        var (a, b) = (_rig.Web("a", _rig.One, "a.test"), _rig.Web("b", _rig.Two, "b.test"));
        await _rig.ApplyAsync(a);
        var process = _rig.FrontProcess();
        await using var traffic = Traffic.Start(_rig.Url("a.test"), clients: 4, closesConnections: false, host: "a.test");
        await using var others = Traffic.Start(_rig.Url("a.test"), clients: 2, closesConnections: true, host: "a.test");
        for (var round = 0; round < 5; round++)
        {
            await _rig.ApplyAsync(a, b);
            await Eventually.IsTrueAsync(async () => await _rig.GetAsync("b.test") == "two", "served by its name");
            await _rig.Running.ApplyAsync(a, b with { HostNames = ["c.test"] });
            Assert.Equal("two", await _rig.GetAsync("c.test"));
            Assert.Equal(421, await _rig.StatusAsync("b.test"));
            await _rig.Running.ApplyAsync(a);
            Assert.Equal(421, await _rig.StatusAsync("c.test"));
        }

        Assert.Equal(process, _rig.FrontProcess());
        Assert.Empty((await traffic.StopAsync()).Failures);
        Assert.Empty((await others.StopAsync()).Failures);
    }

    [Fact]
    public async Task A_front_that_is_killed_is_started_again()
    {
        await _rig.ApplyAsync(_rig.Web("a", _rig.One, "a.test"), _rig.Web("b", _rig.Two, "b.test"));
        var process = _rig.FrontProcess();
        _rig.Running.Reconcile();

        TestRequests.Kill(process);

        await Eventually.IsTrueAsync(async () => await _rig.TryGetAsync("b.test") == "two", "served again");
        Assert.NotEqual(process, _rig.FrontProcess());
    }

    [Fact]
    public async Task A_front_that_hangs_is_noticed_and_replaced()
    {
        await _rig.Running.DisposeAsync();
        _rig.Running = await RunningDataPlane.StartAsync(null, ("PollInterval", "00:00:01"), ("CommandTimeout", "00:00:02"));
        await _rig.ApplyAsync(_rig.Web("a", _rig.One, "a.test"), _rig.Web("b", _rig.Two, "b.test"));
        var process = _rig.FrontProcess();
        _rig.Running.Reconcile();

        NativeMethods.Signal(process, Stop);

        await Eventually.IsTrueAsync(() => ProcessList.Under(_rig.FrontDirectory) is [var next] && next != process, "replaced");
        await Eventually.IsTrueAsync(async () => await _rig.TryGetAsync("b.test") == "two", "served again");
        Assert.Contains(_rig.Running.Log.Lines, line => line.Contains("gives no sign of life", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_next_CloudLb_takes_the_front_over_and_no_request_is_lost()
    {
        var (a, b) = (_rig.Web("a", _rig.One, "a.test"), _rig.Web("b", _rig.Two, "b.test"));
        await _rig.ApplyAsync(a, b);
        await using var traffic = Traffic.Start(_rig.Url("a.test"), clients: 4, closesConnections: false, host: "a.test");
        await using var others = Traffic.Start(_rig.Url("a.test"), clients: 2, closesConnections: true, host: "a.test");
        await _rig.Running.CrashAsync();
        Assert.Equal("two", await _rig.GetAsync("b.test"));

        _rig.Running = await RunningDataPlane.StartAsync(_rig.Running.Directory);
        await _rig.Running.ApplyAsync(a with { HostNames = ["a.test", "new.test"] });

        await Eventually.IsTrueAsync(async () => await _rig.GetAsync("new.test") == "one", "served by its new name");
        Assert.Equal(421, await _rig.StatusAsync("b.test"));
        Assert.Empty((await traffic.StopAsync()).Failures);
        Assert.Empty((await others.StopAsync()).Failures);
    }
}
