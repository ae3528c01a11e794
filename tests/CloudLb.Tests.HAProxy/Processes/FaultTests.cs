using System.Net;
using CloudLb.Core.Accounts;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy;
using CloudLb.HAProxy.Machine;
using static CloudLb.Tests.HAProxy.TestRequests;

namespace CloudLb.Tests.HAProxy;

/// <summary>What cannot be served is told, and harms nothing else.</summary>
public sealed class FaultTests
{
    [Fact]
    public async Task A_taken_port_is_told_for_its_listener_alone_and_heals_when_it_is_free()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        var both = web with { Listeners = [web.Listeners[0], Plans.Listener(8090)] };
        var taker = Listen(web.Address, 8090);

        await running.ApplyAsync(both, Plans.LoadBalancer("other"));
        await running.IsPassingAsync(web, "i-1");

        var fault = Assert.Single(running.DataPlane.Faults);
        Assert.Equal((web.Id, 8090), (fault.LoadBalancer, fault.Port));
        Assert.Equal($"{web.Address}:8090 is already in use by another program; end it, or use another port.", fault.Reason);
        Assert.Equal("i-1", await GetAsync(web.Url()));

        taker.Dispose();

        // The hand-over may be put off for a moment after the last one took long.
        await Eventually.IsTrueAsync(
            async () =>
            {
                await running.ReapplyAsync();
                return await TryGetAsync(new Uri($"http://{web.Address}:8090/")) == "i-1";
            },
            "the listener is served when its port is free");
        Assert.Empty(running.DataPlane.Faults);
    }

    [Fact]
    public async Task A_listener_that_could_be_served_again_is_not_forgotten_when_its_hand_over_is_put_off()
    {
        // A process that takes long to start puts the next hand-over off for as long.
        var slow = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            slow, $"#!/bin/sh\nsleep 2\nexec {HAProxyInstalled.Executable} \"$@\"\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(slow, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await using var running = await RunningDataPlane.StartAsync(null, ("Path", slow));
        var web = Plans.LoadBalancer("web");
        web = web with { Listeners = [web.Listeners[0], Plans.Listener(8090)] };
        var taker = Listen(web.Address, 8090);
        await running.ApplyAsync(web);
        Assert.Equal(8090, Assert.Single(running.DataPlane.Faults).Port);

        taker.Dispose();
        await running.ReapplyAsync();

        Assert.Equal(2, running.Generation);
        Assert.Empty(running.DataPlane.Faults);
        File.Delete(slow);
    }

    [Fact]
    public async Task A_hand_over_that_is_put_off_is_not_brought_forward_by_the_next_change()
    {
        var slow = Path.GetTempFileName();
        await File.WriteAllTextAsync(slow, "#!/bin/sh\nsleep 2\nexec haproxy \"$@\"\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(slow, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var clock = new TestClock();
        await using var running = await RunningDataPlane.StartAsync(clock, null, ("Path", slow));
        var (first, second, third) = (Plans.LoadBalancer("first"), Plans.LoadBalancer("second"), Plans.LoadBalancer("third"));
        await running.ApplyAsync(first);
        clock.StopAt(clock.GetUtcNow());

        await running.DataPlane.ApplyAsync(Plans.Of(first, second), TestContext.Current.CancellationToken);
        await running.DataPlane.ApplyAsync(Plans.Of(first, second, third), TestContext.Current.CancellationToken);
        Assert.Equal((1, true), (running.Generation, running.DataPlane.IsBehind));
        clock.GoOn();
        await running.ApplyAsync(first, second, third);

        Assert.Equal((2, 3), (running.Generation, running.DataPlane.Cells[0].LoadBalancers));
        File.Delete(slow);
    }

    [Fact]
    public async Task A_fault_that_lasts_costs_no_hand_over_in_every_pass()
    {
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web");
        using var taker = Listen(web.Address, Plans.Port);
        await running.ApplyAsync(web, Plans.LoadBalancer("other"));

        await running.ReapplyAsync();
        await running.ReapplyAsync();

        Assert.Equal(1, running.Generation);
        Assert.Single(running.DataPlane.Faults);
        Assert.Single(running.Log.Lines, line => line.Contains("is not served", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_that_this_machine_does_not_have_is_told()
    {
        await using var running = await RunningDataPlane.StartAsync();

        await running.ApplyAsync(Plans.LoadBalancer("web", IPAddress.Parse("192.0.2.1")), Plans.LoadBalancer("other"));

        Assert.Equal(
            "192.0.2.1 is not an address of this machine; add it to a network interface (ip address add).",
            Assert.Single(running.DataPlane.Faults).Reason);
    }

    [Fact]
    public async Task Two_load_balancers_with_one_address_and_port_do_not_share_their_clients()
    {
        await using var running = await RunningDataPlane.StartAsync();
        var first = Plans.LoadBalancer("a");

        await running.ApplyAsync(first, Plans.LoadBalancer("b", first.Address));

        var fault = Assert.Single(running.DataPlane.Faults);
        Assert.Equal("b", fault.LoadBalancer.Name);
        Assert.Contains("already in use by the load balancer 123456789012/us-east-1/a", fault.Reason);
    }

    [Fact]
    public async Task Global_text_that_HAProxy_refuses_leaves_the_old_process_serving()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        running.Options.GlobalText = "  frobnicate yes";
        var other = Plans.LoadBalancer("other");

        var refusal = await Assert.ThrowsAsync<HAProxyException>(() => running.ApplyAsync(web, other));

        Assert.Contains("unknown keyword 'frobnicate'", refusal.Message);
        Assert.Equal(other.Id, Assert.Single(running.DataPlane.Faults).LoadBalancer);
        Assert.Equal("i-1", await GetAsync(web.Url()));

        running.Options.GlobalText = "";
        await running.ReapplyAsync();
        Assert.Empty(running.DataPlane.Faults);
        using var response = await Client.GetAsync(other.Url(), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    [Fact]
    public async Task What_must_not_be_written_is_refused_for_its_load_balancer_alone()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        var hostile = Plans.LoadBalancer("x") with
        {
            Id = new LoadBalancerId("elb", new AccountId("123456789012"), "us-east-1\n  bind *:1", "x"),
        };

        await running.ApplyAsync(web, hostile);
        await running.IsPassingAsync(web, "i-1");

        Assert.Equal((hostile.Id, null), (running.DataPlane.Faults.Single().LoadBalancer, running.DataPlane.Faults.Single().Port));
        Assert.Equal("i-1", await GetAsync(web.Url()));
    }

    [Fact]
    public async Task What_HAProxy_itself_refuses_is_told_for_its_load_balancer_alone()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        var bad = Plans.LoadBalancer("bad", instance.Planned(weight: -1));

        await running.ApplyAsync(web, bad);
        await running.IsPassingAsync(web, "i-1");
        await running.ReapplyAsync();

        var fault = Assert.Single(running.DataPlane.Faults);
        Assert.Equal((bad.Id, null), (fault.LoadBalancer, fault.Port));
        Assert.Contains("weight of server i-1 is not within 0 and 256", fault.Reason);
        Assert.Equal(ObservedHealth.Unserved, running.Health(bad, "i-1"));
        Assert.Equal(("i-1", 1), (await GetAsync(web.Url()), running.Generation));
    }

    [Fact]
    public async Task A_command_that_HAProxy_refuses_ends_in_a_hand_over_and_harms_nobody()
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", first.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        await running.ApplyAsync(web.With(first.Planned(), second.Planned(weight: -1)));

        Assert.Equal(web.Id, Assert.Single(running.DataPlane.Faults).LoadBalancer);
        Assert.Equal(("i-1", 2), (await GetAsync(web.Url()), running.Generation));

        await running.ApplyAsync(web.With(first.Planned(), second.Planned()));
        await running.IsPassingAsync(web, "i-1", "i-2");
        Assert.Empty(running.DataPlane.Faults);
    }

    [Fact]
    public async Task Other_settings_take_effect_when_a_running_process_is_found()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        var crashed = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        await crashed.ApplyAsync(web);
        await crashed.IsPassingAsync(web, "i-1");
        await crashed.CrashAsync();

        await using var running = await RunningDataPlane.StartAsync(
            crashed.Directory, (nameof(HAProxyOptions.GlobalText), "  node changed"));
        await running.ApplyAsync(web);

        Assert.Contains("node: changed", (await running.AskAsync("show info")));
        Assert.Equal(("i-1", 2), (await GetAsync(web.Url()), running.Generation));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("  node mine", false)]
    public async Task HAProxys_own_HTTP_client_is_only_spared_its_authorities_where_nobody_can_have_asked_for_it(
        string globalText, bool isSpared)
    {
        await using var running = await RunningDataPlane.StartAsync(settings: (nameof(HAProxyOptions.GlobalText), globalText));
        await running.ApplyAsync(Plans.LoadBalancer("web"));

        Assert.Equal(
            isSpared,
            (
                await File.ReadAllTextAsync(running.CellFile("haproxy.cfg"), TestContext.Current.CancellationToken)).Contains(
                    "httpclient.ssl.verify none", StringComparison.Ordinal));
    }

    [Fact]
    public void Too_few_open_files_are_told_before_HAProxy_is_started()
    {
        Assert.Equal(8000, DescriptorLimit.Connections(limit: 1_048_576, wanted: 8000, listeners: 100, members: 400));
        Assert.Equal(250, DescriptorLimit.Connections(limit: 1200, wanted: 8000, listeners: 50, members: 50));

        var refusal = Assert.Throws<HAProxyException>(
            () => DescriptorLimit.Connections(limit: 1024, wanted: 8000, listeners: 200, members: 400));
        Assert.Contains(
            "needs 1400 open files for 200 listeners and 400 instances, and the limit is 1024; raise it (ulimit -n", refusal.Message);
    }

    [Fact]
    public async Task A_load_balancer_whose_change_is_refused_stays_as_it_was()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        await running.ApplyAsync(web.Checked(Plans.HttpProbe with { Path = "/\r\n  server evil 127.0.0.1:1" }));

        Assert.Equal(web.Id, Assert.Single(running.DataPlane.Faults).LoadBalancer);
        Assert.Equal("i-1", await GetAsync(web.Url()));
    }

    [Fact]
    public async Task A_missing_executable_is_told_with_the_package_to_install()
    {
        var refusal = await Assert.ThrowsAsync<HAProxyException>(
            () => RunningDataPlane.StartAsync(settings: (nameof(HAProxyOptions.Path), "/nowhere/haproxy")));

        Assert.Contains("There is no HAProxy at /nowhere/haproxy; install it (Debian and Ubuntu: apt install haproxy)", refusal.Message);
    }
}
