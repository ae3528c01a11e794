using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy;
using CloudLb.HAProxy.Commands;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Runtime;

namespace CloudLb.Tests.HAProxy;

/// <summary>What differs between the versions of HAProxy, and what must not.</summary>
public sealed partial class VersionTests
{
    private const string Long = "config : parsing [probe.cfg:2] : unknown keyword 'tune.cli.max-payload-size' in 'global' section";
    private const string State = "config : [probe.cfg:8] : 'server probe/state' : unknown keyword 'init-state'.";
    private const string Host = "config : [probe.cfg:9] : 'server probe/name' : unknown keyword 'no-sni-auto'.";
    private const string Cookie = "config : [probe.cfg:7] : 'server probe/cookie' : unknown keyword 'guid'.";

    private const string Script = "config : parsing [probe.cfg:3] : unknown keyword 'lua-load-per-thread' in 'global' section";

    private const string Window = "config : parsing [probe.cfg:4] : unknown keyword 'tune.h2.fe.rxbuf' in 'global' section";

    [Theory]
    [InlineData(1, $"{Long}\n{Cookie}\n{State}\n{Host}\n", false, false, false, false)]
    [InlineData(1, $"{Long}\n{State}\n{Host}\n", true, false, false, false)]
    [InlineData(1, $"{Long}\n{Host}\n", true, true, false, false)]
    [InlineData(0, "Warnings were found.\nConfiguration file is valid\n", true, true, true, true)]
    public void What_HAProxy_says_of_the_probe_is_read(int exitCode, string text, bool cookies, bool initialState, bool host, bool payloads)
    {
        var capabilities = new HAProxyCapabilities
        {
            GivesCookiesAtOnce = cookies,
            RefusesNul = cookies,
            HasInitialState = initialState,
            TellsHostInHandshake = host,
            TakesLongPayloads = payloads,
            HasLua = true,
            SizesWindows = true,
        };

        Assert.Equal(capabilities, HAProxyCapabilities.Read(exitCode, text));
        Assert.Equal(capabilities with { HasLua = false }, HAProxyCapabilities.Read(1, $"{text}{Script}\n"));
        Assert.Equal(capabilities with { SizesWindows = false }, HAProxyCapabilities.Read(1, $"{text}{Window}\n"));
    }

    [Theory]
    [InlineData(1, "[ALERT] (17) : Cannot open configuration file/directory probe.cfg : Permission denied")]
    [InlineData(127, "")]
    public void An_HAProxy_that_cannot_be_asked_is_taken_for_the_oldest(int exitCode, string text) =>
        Assert.Equal(HAProxyCapabilities.None, HAProxyCapabilities.Read(exitCode, text));

    [Fact]
    public async Task HAProxy_has_nothing_to_say_of_the_probe_but_what_it_does_not_know()
    {
        HAProxyInstalled.OrSkip();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, HAProxyCapabilities.Probe, TestContext.Current.CancellationToken);
        using var process = Process.Start(
            new ProcessStartInfo(
                HAProxyInstalled.Executable, ["-c", "-f", file]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.All(
            said.Split('\n').Where(line => line.StartsWith("[ALERT]", StringComparison.Ordinal)),
            line => Assert.Matches("unknown keyword '|Error\\(s\\) found|Fatal errors found", line));
        File.Delete(file);
    }

    [Fact]
    public async Task An_executable_that_is_replaced_while_CloudLb_runs_is_asked_again()
    {
        const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var (script, token) = (Path.GetTempFileName(), TestContext.Current.CancellationToken);
        var run = $"exec {HAProxyInstalled.Executable} \"$@\"\n";
        await File.WriteAllTextAsync(
            script, $"#!/bin/sh\n[ \"$1\" != -c ] || {{ echo \"unknown keyword 'no-sni-auto'\"; exit 1; }}\n{run}", token);
        File.SetUnixFileMode(script, Mine);
        await using var running = await RunningDataPlane.StartAsync(null, (nameof(HAProxyOptions.Path), script));
        var web = Plans.LoadBalancer("web");
        await running.ApplyAsync(web);
        var before = running.Capabilities;
        Assert.Equal(
            new()
            {
                GivesCookiesAtOnce = true, RefusesNul = true, HasInitialState = true, TakesLongPayloads = true, HasLua = true,
                SizesWindows = true,
            },
            before);

        await File.WriteAllTextAsync(script, $"#!/bin/sh\n{run}", token);
        await running.ApplyAsync(web, Plans.LoadBalancer("other"));

        Assert.Equal(2, running.Generation);
        Assert.NotEqual(before, running.Capabilities);
        File.Delete(script);
    }

    [Theory]
    [InlineData(
        "# bkname/svname bkid/svid addr port - purge_delay used_cur used_max need_est unsafe_nb safe_nb idle_lim idle_cur " +
        "idle_per_thr[2]\na:b/i-1 3/1 10.0.0.5 80 - 5000 0 1 1 7 7 -1 2 1 1")]
    [InlineData(
        "# bkname/svname bkid/svid addr port - purge_delay served used_cur used_max need_est idle_sess unsafe_nb safe_nb idle_lim " +
        "idle_cur idle_per_thr[2]\na:b/i-1 3/1 10.0.0.5 80 - 5000 0 0 1 1 0 7 7 -1 2 1 1")]
    public void Idle_connections_are_found_by_the_heading(string text)
    {
        Assert.Equal(
            ("10.0.0.5", 80, 2),
            ServerConnections.Read(text, new("a:b", "i-1")) is { } read ? (read.Address.ToString(), read.Port, read.Idle) : default);
        Assert.Null(ServerConnections.Read(text, new("a:b", "i-2")));
        Assert.Null(ServerConnections.Read("No such backend.", new("a:b", "i-1")));
    }

    [Theory]
    [InlineData(false, false, false, "weight 0|enable health|enable server|health down|weight 3", "weight 0|")]
    [InlineData(false, false, true, "weight 0|enable health|enable server|health down|weight 3|enable dynamic-cookie", "weight 0|")]
    [InlineData(true, false, false, "weight 0|enable health|enable server|health down|weight 3", "weight 0|")]
    [InlineData(true, false, true, "weight 3|enable health|enable server|health down|weight 3", "")]
    [InlineData(true, true, false, "weight 3 init-state down|enable health|enable server", "weight 0|")]
    [InlineData(true, true, true, "weight 3 init-state down|enable health|enable server", "")]
    public void A_member_joins_by_the_commands_that_keep_requests_away_until_its_first_check(
        bool cookies, bool initialState, bool isSticky, string added, string before)
    {
        var pool = isSticky ? Plans.Pool() with { Stickiness = Plans.Stickiness(null, null) } : Plans.Pool();
        var member = new PlannedMember { Target = "i-1", Address = IPAddress.Loopback, Port = TestInstance.Port, Weight = 3 };

        var capabilities = new HAProxyCapabilities { GivesCookiesAtOnce = cookies, HasInitialState = initialState };
        Assert.Equal(added, Words(MemberCommands.Add(new("a:b", "i-1"), member, pool, capabilities)));
        Assert.Equal(
            $"{before}enable health|enable server|health down|weight 3",
            Words(MemberCommands.Return(new("a:b", "i-1"), member, pool, capabilities)));
    }

    [Fact]
    public async Task An_instance_that_clients_stick_to_comes_and_goes_and_no_process_dies_of_it()
    {
        await using var steady = await TestInstance.StartAsync("i-1");
        await using var comingAndGoing = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", comingAndGoing.Planned()).Sticky(Plans.Stickiness(null, null));
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-2");
        using var client = new StickyClient();
        await client.GetAsync(web.Url());
        var cookie = client.Cookies.GetCookieHeader(web.Url());
        await running.ApplyAsync(web.With(steady.Planned(), comingAndGoing.Planned()));
        await running.IsPassingAsync(web, "i-1");
        var process = running.ProcessId;

        await using var traffic = Traffic.Start(web.Url(), clients: 8, closesConnections: false, cookie);
        for (var round = 0; round < 60; round++)
        {
            await running.ApplyAsync(web.With(steady.Planned()));
            await running.ApplyAsync(web.With(steady.Planned(), comingAndGoing.Planned()));
            await running.IsPassingAsync(web, "i-2");
        }

        Assert.True((await traffic.StopAsync()).Requests > 0);
        Assert.Equal((process, 1), (running.ProcessId, running.Generation));
    }

    private static string Words(IEnumerable<string> commands) =>
        string.Join('|', commands.Select(command => string.Join(' ', Known().Matches(command).Select(match => match.Value))));

    [GeneratedRegex(@"weight \d|init-state down|enable [\w-]+|health down")]
    private static partial Regex Known();
}
