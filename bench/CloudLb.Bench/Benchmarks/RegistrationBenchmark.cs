using System.Diagnostics;
using System.Net;
using CloudLb.Bench.Load;
using CloudLb.Bench.Processes;
using CloudLb.Bench.Results;

namespace CloudLb.Bench.Benchmarks;

/// <summary>
/// From the answer of RegisterInstancesWithLoadBalancer, and of RegisterTargets, to the first request that reaches what was registered,
/// with few and many load balancers.
/// </summary>
internal sealed class RegistrationBenchmark : IBenchmark
{
    private const int ListenerPort = 8080;
    private const int Measurements = 25;

    /// <summary>Requests under way while load balancers are made.</summary>
    private const int AtOnce = 16;

    private const string Application = "targets";

    /// <summary>Milliseconds.</summary>
    private const double Goal = 20;

    private static readonly int[] Sizes = [1, 100, 1000, 10_000];

    public string Name => "registration";

    public async Task<ResultTable> RunAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        var network = workplace.Network();
        var addresses = Enumerable.Range(1, Measurements).Select(number => $"{network}.0.{number}").ToArray();
        var instancePort = Workplace.FreePort();
        await using var instances = await HAProxyProcess.StartInstancesAsync(workplace, addresses, instancePort, cancellationToken);
        await using var server = await CloudLbProcess.StartAsync(workplace, cancellationToken);
        using var client = new ElbClient(server.Url);
        using var targets = new ElbV2Client(server);
        using var http = new HttpClient();
        var (loadBalancer, vpc) = await targets.LoadBalancerAsync(Application, cancellationToken);
        var group = await targets.GroupAsync(Application, vpc, instancePort, [], cancellationToken);
        await targets.ListenerAsync(loadBalancer, ListenerPort, ElbV2Client.Forward((group, 1)), cancellationToken);

        var table = new ResultTable(
            "Registration",
            $"Milliseconds from the answer of RegisterInstancesWithLoadBalancer to the first request that the instance answers, " +
            $"{Measurements} times, each with another instance, and with another load balancer where there are as many; and from the " +
            "answer of RegisterTargets, for the target group of one application load balancer besides. It includes the first health " +
            "check and the asking client's own round trip. The last column is what it took until the load balancers added for the row " +
            "answered.",
            "load balancers", "instances, median ms", "p90 ms", "longest ms", "targets, median ms", "p90 ms", "longest ms", "made in s");
        var made = 0;
        foreach (var size in Sizes)
        {
            var watch = Stopwatch.StartNew();
            await MakeAsync(client, made, size, instancePort, cancellationToken);
            made = size;
            var listeners = (await server.AddressesAsync(cancellationToken)).ToDictionary(
                pair => pair.Key, pair => new Uri($"http://{pair.Value}:{ListenerPort}/"));
            foreach (var listener in listeners.Values)
            {
                await CloudLbProcess.WaitForAsync(http, listener, HttpStatusCode.ServiceUnavailable, cancellationToken);
            }

            var seconds = watch.Elapsed.TotalSeconds;
            var times = new List<double>();
            var targetTimes = new List<double>();
            for (var number = 0; number < Measurements; number++)
            {
                var name = NameOf(number * size / Measurements);
                var address = addresses[number];
                times.Add(await MeasureAsync(
                    http, listeners[name], () => client.RegisterAsync(name, [address], cancellationToken),
                    () => client.DeregisterAsync(name, address, cancellationToken), cancellationToken));
                targetTimes.Add(await MeasureAsync(
                    http, listeners[Application], () => targets.RegisterAsync(group, [address], cancellationToken),
                    () => targets.DeregisterAsync(group, address, cancellationToken), cancellationToken));
            }

            table.Row([Figures.Whole(size), .. Cells(times), .. Cells(targetTimes), Figures.Fine(seconds)]);
        }

        return table;
    }

    private static string[] Cells(List<double> times) =>
        [Figures.BelowGoal(times.Median(), Goal), Figures.Fine(times.Quantile(0.9)), Figures.Fine(times.Max())];

    private static string NameOf(int number) => $"web-{number:00000}";

    private static Task MakeAsync(ElbClient client, int first, int end, int instancePort, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
        Enumerable.Range(first, end - first),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        async (number, token) => await client.CreateAsync(NameOf(number), ListenerPort, instancePort, token));

    private static async Task<double> MeasureAsync(
        HttpClient http, Uri listener, Func<Task> register, Func<Task> deregister, CancellationToken cancellationToken)
    {
        await register();
        var watch = Stopwatch.StartNew();
        while (true)
        {
            using var answer = await http.GetAsync(listener, cancellationToken);
            if (answer.IsSuccessStatusCode)
            {
                break;
            }
        }

        var milliseconds = watch.Elapsed.TotalMilliseconds;
        await deregister();
        await CloudLbProcess.WaitForAsync(http, listener, HttpStatusCode.ServiceUnavailable, cancellationToken);
        return milliseconds;
    }
}
