using System.Net;
using CloudLb.Core;
using CloudLb.Core.Traffic.Health;
using CloudLb.HAProxy;
using CloudLb.HAProxy.Machine;
using static CloudLb.Tests.HAProxy.TestRequests;

namespace CloudLb.Tests.HAProxy;

/// <summary>HAProxy's processes that die or hang.</summary>
public sealed class CrashTests
{
    private const int SignalStop = 19, SignalContinue = 18;

    [Fact]
    public async Task A_killed_process_serves_again_with_its_members_as_they_were()
    {
        await using var good = await TestInstance.StartAsync("i-good");
        await using var bad = await TestInstance.StartAsync("i-bad", checkStatus: 500);
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", good.Planned(), bad.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-good");
        running.Reconcile();

        Kill(running.ProcessId);
        await Eventually.IsTrueAsync(async () => await TryGetAsync(web.Url()) == "i-good", "it serves again");

        Assert.Equal((2, 0), (running.Generation, bad.Requests));
    }

    [Fact]
    public async Task A_process_that_dies_while_the_next_one_asks_for_its_sockets_is_followed_all_the_same()
    {
        const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var (script, token) = (Path.GetTempFileName(), TestContext.Current.CancellationToken);
        await using var instance = await TestInstance.StartAsync("i-1");

        // The one that is to be taken over from is killed right before that, the first time.
        await File.WriteAllTextAsync(script, $"""
            #!/bin/sh
            case "$*" in *" -x "*) kill -9 "$(cat "$3")" && sleep 0.2 ;; esac
            exec {HAProxyInstalled.Executable} "$@"
            """, token);
        File.SetUnixFileMode(script, Mine);
        await using var running = await RunningDataPlane.StartAsync(null, (nameof(HAProxyOptions.Path), script));
        var (web, other) = (Plans.LoadBalancer("web", instance.Planned()), Plans.LoadBalancer("other"));
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        await running.ApplyAsync(web, other);

        Assert.Equal("i-1", await GetAsync(web.Url()));
        Assert.Empty(running.DataPlane.Faults);
        Assert.Contains(running.Log.Lines, line => line.Contains("has ended unasked", StringComparison.Ordinal));
        Assert.DoesNotContain(running.Log.Lines, line => line.Contains("refuses", StringComparison.Ordinal));
        File.Delete(script);
    }

    [Fact]
    public async Task A_killed_process_that_is_still_closing_its_sockets_keeps_no_listener_from_being_served()
    {
        await using var running = await RunningDataPlane.StartAsync();
        await running.ApplyAsync([.. Enumerable.Range(0, 100).Select(index => Plans.LoadBalancer($"lb-{index}"))]);
        running.Reconcile();

        Kill(running.ProcessId);
        await Eventually.IsTrueAsync(() => running.Generation == 2 && running.ProcessId != 0, "another process runs");

        Assert.DoesNotContain(running.Log.Lines, line => line.Contains("is not served", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_process_that_hangs_is_replaced()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync(settings: [(nameof(HAProxyOptions.CommandTimeout), "00:00:01"),
            (nameof(HAProxyOptions.PollInterval), "00:00:00.2"), (nameof(HAProxyOptions.StopTimeout), "00:00:00.2")]);
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        running.Reconcile();
        var hung = running.ProcessId;

        NativeMethods.Signal(hung, SignalStop);
        await Eventually.IsTrueAsync(() => running.Generation == 2 && running.ProcessId != 0, "another process runs");

        Assert.Equal("i-1", await GetAsync(web.Url()));
        Assert.Equal([running.ProcessId], ProcessList.Under(running.Directory));
    }

    [Fact]
    public async Task A_process_that_hangs_for_a_moment_is_waited_for_and_kept()
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync(settings: (nameof(HAProxyOptions.CommandTimeout), "00:01:00"));
        var web = Plans.LoadBalancer("web", first.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        using var socket = await TestSocket.ConnectAsync(web);

        NativeMethods.Signal(running.ProcessId, SignalStop);
        var applying = running.ApplyAsync(web.With(first.Planned(), second.Planned()));
        NativeMethods.Signal(running.ProcessId, SignalContinue);
        await applying;

        await running.IsPassingAsync(web, "i-1", "i-2");
        await socket.TalkAsync();
        Assert.Equal(1, running.Generation);
    }

    [Fact]
    public async Task A_process_before_the_last_hand_over_that_hangs_is_ended()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync(settings: (nameof(HAProxyOptions.CommandTimeout), "00:00:01"));
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        using var socket = await TestSocket.ConnectAsync(web);
        var old = running.ProcessId;
        await running.ApplyAsync(web with { Listeners = [web.Listeners[0], Plans.Listener(8090)] });

        NativeMethods.Signal(old, SignalStop);

        await Eventually.IsTrueAsync(
            () => ProcessList.Under(running.Directory).SequenceEqual([running.ProcessId]), "the process that hung is gone");
        Assert.Equal(("i-1", 2), (await GetAsync(web.Url()), running.Generation));
    }
}
