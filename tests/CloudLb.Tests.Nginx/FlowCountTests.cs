using System.Net;
using CloudLb.Core.Traffic.Counters;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Nginx.Flows;

namespace CloudLb.Tests.Nginx;

/// <summary>What is counted of datagrams.</summary>
public sealed class FlowCountTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Flows_are_counted_when_they_begin_and_their_bytes_when_they_end()
    {
        await using var target = new EchoTarget("i-1");
        await using var nginx = await RunningNginx.StartAsync();
        var dns = Short(Plans.LoadBalancer("dns", target.Planned()));
        var other = Plans.LoadBalancer("other", target.Planned());
        await nginx.ApplyAsync(dns, other);
        using (DatagramClient first = new(), second = new())
        {
            await IsAnsweredAsync(first, dns);
            await IsAnsweredAsync(second, dns);
            await Eventually.IsTrueAsync(
                async () => await CountAsync(nginx, dns) is { Flows: >= 2, ActiveFlows: >= 2 }, "the flows are counted");
            var traffic = (await CountAsync(nginx, dns))!;
            Assert.Equal(new IPEndPoint(target.Planned().Address, target.Planned().Port), Assert.Single(traffic.Places).Key);
            Assert.Equal(traffic.ActiveFlows, traffic.Places.Values.Sum());
            Assert.NotNull(traffic.ProcessId);
            Assert.Empty((await CountAsync(nginx, other))!.Places);
        }

        await Eventually.IsTrueAsync(
            async () => await CountAsync(nginx, dns) is { Flows: >= 2, ActiveFlows: 0, Bytes: > 0 }, "the flows have ended");
        Assert.Equal(0, (await CountAsync(nginx, other))!.Flows);
    }

    [Fact]
    public async Task Counts_go_on_over_a_reload_and_over_the_next_CloudLb()
    {
        await using EchoTarget first = new("i-1"), second = new("i-2");
        var nginx = await RunningNginx.StartAsync(lifetime: CloudLb.Nginx.NginxLifetime.Own);
        var dns = Plans.LoadBalancer("dns", first.Planned());
        await nginx.ApplyAsync(dns);
        using (var client = new DatagramClient())
        {
            await IsAnsweredAsync(client, dns);
        }

        // The worker before ends its flows.
        await nginx.ApplyAsync(dns = Plans.LoadBalancer("dns", first.Planned(), second.Planned()) with { Addresses = dns.Addresses });
        await Eventually.IsTrueAsync(async () => await CountAsync(nginx, dns) is { Flows: 1, Bytes: > 0 }, "the flow has ended");
        var directory = nginx.DataDirectory;
        await nginx.CrashAsync();

        await using var next = await RunningNginx.StartAsync(directory);
        await next.ApplyAsync(dns);
        await Eventually.IsTrueAsync(async () => await CountAsync(next, dns) is { Flows: 1, Bytes: > 0 }, "the flow is still counted");
    }

    [Fact]
    public async Task Whoever_is_not_let_in_and_whom_nobody_takes_leaves_no_line()
    {
        const int Other = Plans.Port + 1;
        await using var target = new EchoTarget("i-1");
        await using var nginx = await RunningNginx.StartAsync();
        var dns = Short(Plans.LoadBalancer("dns", target.Planned()));
        await nginx.ApplyAsync(dns with { Listeners = [dns.Listeners[0], Plans.Listener(Other) with { AllowedSources = [] }] });
        using var client = new DatagramClient();
        await client.SendAsync(DatagramClient.At(dns.Addresses[0], Other), new string('x', 1000));
        await IsAnsweredAsync(client, dns);

        await Eventually.IsTrueAsync(
            async () => await CountAsync(nginx, dns) is { Flows: >= 1, ActiveFlows: 0, Bytes: > 0 }, "the flow has ended");
        var lines = Directory.GetFiles(nginx.DataDirectory, "flows.log", SearchOption.AllDirectories).SelectMany(File.ReadAllLines);
        Assert.DoesNotContain(lines, line => line.StartsWith("1000 ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_has_grown_long_is_set_aside_and_nothing_is_counted_twice()
    {
        var directory = Directory.CreateTempSubdirectory("cloudlb-test-").FullName;
        var (path, reopened) = (Path.Combine(directory, "flows.log"), 0);
        File.WriteAllText(path, string.Concat(Enumerable.Repeat("100000 200000\n", 100_000)) + "1 2");
        var log = new FlowLog(directory);

        Assert.Equal((100_000L, 30_000_000_000L), Totals(log));
        Assert.Equal(1, reopened);
        File.AppendAllText(path + ".former", "\nbroken\n7 0\n");
        File.WriteAllText(path, "5 5\n6");
        Assert.Equal((100_003L, 30_000_000_020L), Totals(new FlowLog(directory)));
        Assert.Equal((100_003L, 30_000_000_020L), Totals(log = new FlowLog(directory)));
        Assert.Equal((100_003L, 30_000_000_020L), Totals(log));
        Assert.False(File.Exists(path + ".former"));
        log.AddLost(2);
        Assert.Equal((100_005L, 30_000_000_020L), Totals(new FlowLog(directory)));
        Directory.Delete(directory, recursive: true);

        (long, long) Totals(FlowLog log) => log.Read(() => reopened++) is var totals ? (totals.Flows, totals.Bytes) : default;
    }

    /// <summary>A datagram can be lost, and a busy machine takes its time.</summary>
    private static Task IsAnsweredAsync(DatagramClient client, PlannedLoadBalancer loadBalancer) =>
        Eventually.IsTrueAsync(async () => await client.AskAsync(loadBalancer.Place()) is not null, "an answer");

    private static PlannedLoadBalancer Short(PlannedLoadBalancer loadBalancer) => loadBalancer with
    {
        Listeners = [.. loadBalancer.Listeners.Select(listener => listener with { IdleTimeout = TimeSpan.FromSeconds(2) })],
    };

    private static async Task<DatagramTraffic?> CountAsync(RunningNginx nginx, PlannedLoadBalancer loadBalancer)
    {
        await nginx.DataPlane.CountAsync(Token);
        return nginx.DataPlane.Traffic.FirstOrDefault(traffic => traffic.Id == loadBalancer.Id);
    }
}
