using System.Diagnostics;
using System.Net.Sockets;
using CloudLb.Core.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>Figures for a person, run by asking for them: <c>dotnet run --project tests/CloudLb.Tests.HAProxy -- -explicit only</c>.</summary>
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
        var rest = Enumerable.Range(0, loadBalancers - 1).Select(number => Plans.LoadBalancer($"rest-{number}", instance.Planned())).ToArray();
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

    private static async Task<double> MeasureAsync(RunningDataPlane running, PlannedLoadBalancer[] plan, PlannedLoadBalancer web, string expected)
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
            $"MEASURED {what}: median {milliseconds[milliseconds.Count / 2]:F1} ms, least {milliseconds[0]:F1}, most {milliseconds[^1]:F1}");
    }
}
