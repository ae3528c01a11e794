using System.Diagnostics;
using System.Net.Sockets;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Machine;

namespace CloudLb.Tests.HAProxy;

/// <summary>
/// Figures for a person, run by asking for them: <c>dotnet run --project tests/CloudLb.Tests.HAProxy -- -explicit only</c>.
/// </summary>
public sealed class MeasurementTests
{
    private const int Rounds = 15;

    [Theory(Explicit = true)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(1000)]
    public async Task From_apply_to_the_first_answer(int loadBalancers)
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var other = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var rest = Enumerable.Range(0, loadBalancers - 1)
            .Select(number => Plans.LoadBalancer($"rest-{number}", instance.Planned()))
            .ToArray();
        await running.ApplyAsync(rest);

        var creations = new List<double>();
        var registrations = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            await Task.Delay(500, TestContext.Current.CancellationToken);
            var web = Plans.LoadBalancer($"web-{i}", instance.Planned());
            creations.Add(await MeasureAsync(running, [.. rest, web], web, "i-1"));
            await Task.Delay(500, TestContext.Current.CancellationToken);
            web = web.With(other.Planned());
            registrations.Add(await MeasureAsync(running, [.. rest, web], web, "i-2"));
        }

        Report($"create in {loadBalancers}", creations);
        Report($"register in {loadBalancers}", registrations);
    }

    [Theory(Explicit = true)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Many_registrations_under_traffic_fail_no_request_and_need_no_hand_over(bool closesConnections)
    {
        const int Cycles = 500;
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", first.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        await using var traffic = Traffic.Start(web.Url(), clients: 8, closesConnections);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Cycles; i++)
        {
            await running.ApplyAsync(web.With(first.Planned(), second.Planned()));
            await running.IsPassingAsync(web, "i-2");
            await running.ApplyAsync(web.With(first.Planned(), second.Planned(drainingUntil: DateTimeOffset.UtcNow.AddMinutes(1))));
        }

        var elapsed = watch.Elapsed;
        var (requests, failures) = await traffic.StopAsync();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"MEASURED {Cycles} cycles in {elapsed.TotalSeconds:F1} s, {requests} requests, {failures.Count} failed, {second.Requests} " +
            $"to the one that came and went");
        Assert.Empty(failures);
        Assert.Equal(1, running.Generation);
    }

    [Fact(Explicit = true)]
    public async Task Many_creations_and_removals_under_traffic_fail_no_request()
    {
        const int Cycles = 60;
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        var others = Enumerable.Range(0, 10).Select(number => Plans.LoadBalancer($"other-{number}", instance.Planned())).ToArray();
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        await using var closing = Traffic.Start(web.Url(), clients: 4, closesConnections: true);
        await using var keeping = Traffic.Start(web.Url(), clients: 4, closesConnections: false);
        for (var i = 0; i < Cycles; i++)
        {
            await running.ApplyAsync([web, .. others[..(i % 10)]]);
        }

        var (closed, failedClosing) = await closing.StopAsync();
        var (kept, failedKeeping) = await keeping.StopAsync();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"MEASURED {running.Generation} hand-overs, {closed} + {kept} requests, {failedClosing.Count} + {failedKeeping.Count} failed");
        Assert.Empty(failedClosing);
        Assert.Empty(failedKeeping);
        await Eventually.IsTrueAsync(() => running.DataPlane.Cells[0].OldProcesses == 0, "old processes have ended");
    }

    [Fact(Explicit = true)]
    public async Task Killed_at_random_moments_it_always_comes_back_with_the_plan()
    {
        const int Kills = 40;
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var other = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        running.Reconcile();
        var random = new Random(7);
        for (var i = 0; i < Kills; i++)
        {
            var web = Plans.LoadBalancer($"web-{i % 3}", instance.Planned());
            var killing = Task.Run(async () =>
            {
                await Task.Delay(random.Next(80), TestContext.Current.CancellationToken);
                foreach (var processId in ProcessList.Under(running.Directory))
                {
                    NativeMethods.Signal(processId, NativeMethods.SignalKill);
                }
            }, TestContext.Current.CancellationToken);
            await running.TryApplyAsync(web);
            await running.TryApplyAsync(web.With(instance.Planned(), other.Planned()));
            await running.TryApplyAsync(web.With(other.Planned()));
            await killing;
            running.Changes.Raise();
            await Eventually.IsTrueAsync(async () => await TryAsync(web) == "i-2", $"round {i} serves");
            Assert.Empty(running.DataPlane.Faults);
        }
    }

    private static async Task<double> MeasureAsync(
        RunningDataPlane running, PlannedLoadBalancer[] plan, PlannedLoadBalancer web, string expected)
    {
        var next = Plans.Of(plan);
        var watch = Stopwatch.StartNew();
        var applying = Task.Run(() => running.ApplyAsync(next));
        while (await TryAsync(web) != expected)
        {
            await Task.Yield();
        }

        var elapsed = watch.Elapsed.TotalMilliseconds;
        await applying;
        return elapsed;
    }

    private static async Task<string?> TryAsync(PlannedLoadBalancer web)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(web.Address, Plans.Port, TestContext.Current.CancellationToken);
            await client.GetStream().WriteAsync("GET / HTTP/1.0\r\nHost: a\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
            var answer = await new StreamReader(client.GetStream()).ReadToEndAsync(TestContext.Current.CancellationToken);
            return answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal) ? answer[^3..] : null;
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return null;
        }
    }

    private static void Report(string what, List<double> milliseconds)
    {
        milliseconds.Sort();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"MEASURED {what}: median {milliseconds[milliseconds.Count / 2]:F1} ms, " +
            $"least {milliseconds[0]:F1}, most {milliseconds[^1]:F1}");
    }
}
