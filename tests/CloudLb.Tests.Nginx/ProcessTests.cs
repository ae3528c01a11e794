using CloudLb.Nginx;
using CloudLb.Nginx.Machine;

namespace CloudLb.Tests.Nginx;

/// <summary>How long nginx lives, and who finds it again.</summary>
public sealed class ProcessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_has_died_is_started_again(bool isAll)
    {
        await using var target = new EchoTarget("i-1");
        await using var nginx = await RunningNginx.StartAsync();
        var dns = Plans.LoadBalancer("dns", target.Planned());
        await nginx.ApplyAsync(dns);
        var before = nginx.Processes;

        // A master has the lower number, and its worker goes on without it.
        foreach (var processId in isAll ? before : before.Order().Take(1))
        {
            NginxProcesses.Signal(processId, NginxProcesses.SignalKill);
        }

        await Eventually.IsTrueAsync(
            () => nginx.Processes is { Count: 2 } now && !now.Intersect(before).Any(), "a master and a worker, both new");
        Assert.Equal("i-1", await DatagramClient.AskOnceAsync(dns.Place()));
        Assert.Empty(nginx.DataPlane.Faults);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_hangs_is_replaced(bool isAll)
    {
        await using var target = new EchoTarget("i-1");
        await using var nginx = await RunningNginx.StartAsync(settings: (nameof(NginxOptions.StartTimeout), "00:00:01"));
        var dns = Plans.LoadBalancer("dns", target.Planned());
        await nginx.ApplyAsync(dns);
        var before = nginx.Processes;

        Stop(isAll ? before : before.Order().Skip(1));

        await Eventually.IsTrueAsync(
            () => nginx.Processes is { Count: 2 } now && !now.Intersect(before).Any(), "a master and a worker, both new");
        Assert.Equal("i-1", await DatagramClient.AskOnceAsync(dns.Place()));
        Assert.Empty(nginx.DataPlane.Faults);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_hangs_keeps_no_change_from_being_taken_up(bool isMaster)
    {
        await using var target = new EchoTarget("i-1");
        await using var second = new EchoTarget("i-2");
        await using var nginx = await RunningNginx.StartAsync(settings: (nameof(NginxOptions.StartTimeout), "00:00:01"));
        var dns = Plans.LoadBalancer("dns", target.Planned());
        await nginx.ApplyAsync(dns);
        var before = nginx.Processes.Order().ToList();

        Stop([before[isMaster ? 0 : 1]]);
        await nginx.ApplyAsync(Plans.LoadBalancer("dns", second.Planned()) with { Addresses = dns.Addresses });

        await Eventually.IsTrueAsync(() => nginx.DataPlane.Faults.Count == 0, "nothing is at fault");
        await Eventually.IsTrueAsync(
            () => nginx.Processes is { Count: 2 } now && !now.Contains(before[isMaster ? 0 : 1]), "what hung is gone");
        Assert.Equal("i-2", await DatagramClient.AskOnceAsync(dns.Place()));
    }

    [Fact]
    public async Task A_stop_ends_all_of_them_where_they_share_the_servers_life()
    {
        await using var target = new EchoTarget("i-1");
        await using var nginx = await RunningNginx.StartAsync();
        await nginx.ApplyAsync(Plans.LoadBalancer("dns", target.Planned()), Plans.LoadBalancer("other", target.Planned()));
        Assert.Equal(4, nginx.Processes.Count);

        await nginx.StopAsync();

        Assert.Empty(nginx.Processes);
    }

    [Fact]
    public async Task The_next_server_takes_over_what_runs_and_ends_no_flow()
    {
        await using var target = new EchoTarget("i-1");
        var first = await RunningNginx.StartAsync(lifetime: NginxLifetime.Own);
        var dns = Plans.LoadBalancer("dns", target.Planned());
        await first.ApplyAsync(dns, Plans.LoadBalancer("gone", target.Planned()));
        using var client = new DatagramClient();
        Assert.Equal("i-1", await client.AskAsync(dns.Place()));
        await first.StopAsync();
        await first.CrashAsync();
        Assert.Equal("i-1", await client.AskAsync(dns.Place()));

        await using var second = await RunningNginx.StartAsync(first.DataDirectory);
        second.Health["i-1"] = null;
        Assert.True(await second.DataPlane.KeepAsync(Token));
        await second.ApplyAsync(dns);

        Assert.Equal(2, second.Processes.Count);
        Assert.Equal("i-1", await client.AskAsync(dns.Place()));
        Assert.Single(target.Received.Select(received => received.From).Distinct());
    }

    [Fact]
    public async Task While_nobody_knows_the_plan_what_was_served_last_is_kept()
    {
        await using var target = new EchoTarget("i-1");
        var first = await RunningNginx.StartAsync();
        Assert.False(await first.DataPlane.KeepAsync(Token));
        var dns = Plans.LoadBalancer("dns", target.Planned());
        await first.ApplyAsync(dns);
        await first.StopAsync();
        await first.CrashAsync();
        Assert.Empty(first.Processes);

        await using var second = await RunningNginx.StartAsync(first.DataDirectory);

        Assert.True(await second.DataPlane.KeepAsync(Token));
        Assert.Equal("i-1", await DatagramClient.AskOnceAsync(dns.Place()));
    }

    [Fact]
    public async Task Without_nginx_it_is_said_what_to_install()
    {
        await using var target = new EchoTarget("i-1");
        await using var nginx = await RunningNginx.StartAsync(settings: (nameof(NginxOptions.Path), "no-such-nginx"));

        await nginx.ApplyAsync(Plans.LoadBalancer("dns", target.Planned()));

        Assert.Equal(
            "UDP is carried by nginx, which was not found; install it (Debian and Ubuntu: apt install nginx libnginx-mod-stream).",
            Assert.Single(nginx.DataPlane.Faults).Reason);
    }

    private static void Stop(IEnumerable<int> processes)
    {
        const int signalStop = 19;
        processes.ToList().ForEach(process => NginxProcesses.Signal(process, signalStop));
    }
}
