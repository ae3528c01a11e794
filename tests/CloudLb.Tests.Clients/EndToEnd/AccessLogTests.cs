using System.Text.RegularExpressions;
using CloudLb.Tests.Clients.Clients;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

public sealed partial class AccessLogTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(ElbClients.Names), MemberType = typeof(ElbClients))]
    public async Task Clients_switch_access_logs_on_and_off(string clientName)
    {
        await using var store = await S3Server.StartAsync(Token);
        await using var server = await CloudLbProcess.StartAsync(Token, store.Settings);
        await new ElbApi(server.Url).CreateWebAsync("web", 8000, Token);
        var client = ElbClients.Named(clientName);

        var changed = await client.CallAsync(server.Url, "ModifyLoadBalancerAttributes", On("p/q", S3Server.Bucket), Token);
        Assert.Equal((true, S3Server.Bucket, "p/q", 5), Described(changed));
        Assert.Equal(
            (true, S3Server.Bucket, "p/q", 5),
            Described(await client.CallAsync(server.Url, "DescribeLoadBalancerAttributes", new { LoadBalancerName = "web" }, Token)));
        Assert.Contains("p/q/AWSLogs/123456789012/ELBAccessLogTestFile", store.Objects.Keys);

        var refused = await client.TryCallAsync(server.Url, "ModifyLoadBalancerAttributes", On("", "no-such-bucket"), Token);
        Assert.Equal(
            ("InvalidConfigurationRequest", "Access Denied for bucket: no-such-bucket. Please check S3bucket permission"),
            ((string?)refused["error"]![0], (string?)refused["error"]![1]));

        await client.CallAsync(
            server.Url, "ModifyLoadBalancerAttributes",
            new { LoadBalancerName = "web", LoadBalancerAttributes = new { AccessLog = new { Enabled = false } } }, Token);
        var off = await client.CallAsync(server.Url, "DescribeLoadBalancerAttributes", new { LoadBalancerName = "web" }, Token);
        Assert.Equal((false, S3Server.Bucket, "p/q", 5), Described(off));
    }

    [Fact]
    public async Task Every_request_is_delivered_once_though_CloudLb_is_killed_and_the_store_is_away()
    {
        await using var store = await S3Server.StartAsync(Token);
        await using var server = await CloudLbProcess.StartAsync(Token, store.Settings);
        await using var backend = await Backend.StartAsync(Token);
        var api = new ElbApi(server.Url);
        await api.CreateWebAsync("web", backend.Port, Token);
        await api.RegisterAsync("web", backend.Address, Token);
        var url = await server.TrafficUrlAsync("web", Token);
        await Traffic.AnswersAsync(url, 200, Token);
        await new AwsCli().CallAsync(server.Url, "ModifyLoadBalancerAttributes", On("", S3Server.Bucket), Token);
        await Wait.ForAsync(
            () => Task.FromResult(server.Output), output => output.Contains("handed over (access log switched)", StringComparison.Ordinal),
            Token);

        // The process before, which does not log, may accept one more connection until it has seen that it is to finish.
        await Wait.ForAsync(() => Task.FromResult(server.HAProxyProcesses()), processes => processes.Count == 1, Token);

        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 4).Select(client => AskAsync(url, client, stop.Token)).ToList();
        for (var kill = 0; kill < 3; kill++)
        {
            var before = Spooled(server, store).Count;
            await Wait.ForAsync(() => Task.FromResult(Spooled(server, store).Count), count => count > before + 50, Token);
            await server.KillAsync(Token);
            await server.StartAgainAsync(Token);
        }

        await stop.CancelAsync();
        var asked = (await Task.WhenAll(clients)).SelectMany(targets => targets).Order().ToList();
        await Wait.ForAsync(() => Task.FromResult(Spooled(server, store).Count), count => count >= asked.Count, Token);
        Assert.Equal(asked, Spooled(server, store).Order());

        // The interval is over, as it would be in some minutes, and the store is away. After a stop all that was read counts; after a kill
        // the last of it would be read again, into the interval that it belongs to.
        await server.StopAsync(Token);
        await store.StopAsync();
        EndIntervals(server);
        await server.StartAgainAsync(Token);
        await Wait.ForAsync(
            () => Task.FromResult(server.Output), output => output.Contains("cannot be delivered to the bucket", StringComparison.Ordinal),
            Token);
        await server.KillAsync(Token);
        await server.StartAgainAsync(Token);
        await store.StartAgainAsync(Token);
        await Wait.ForAsync(() => Task.FromResult(Delivered(store).Count), count => count >= asked.Count, Token);

        Assert.Equal(asked, Delivered(store).Order());
        Assert.All(
            store.Objects.Keys.Where(key => key.EndsWith(".log", StringComparison.Ordinal)), key => Assert.Matches(ObjectName(), key));
    }

    private static object On(string prefix, string bucket) => new
    {
        LoadBalancerName = "web",
        LoadBalancerAttributes = new
        {
            AccessLog = new { Enabled = true, S3BucketName = bucket, S3BucketPrefix = prefix, EmitInterval = 5 },
        },
    };

    private static (bool, string?, string?, int) Described(System.Text.Json.Nodes.JsonNode answer)
    {
        var log = answer["LoadBalancerAttributes"]!["AccessLog"]!;
        return ((bool)log["Enabled"]!, (string?)log["S3BucketName"], (string?)log["S3BucketPrefix"], (int)log["EmitInterval"]!);
    }

    /// <summary>Asks for targets of its own until it is told to stop; every answer must be 200.</summary>
    private static async Task<List<string>> AskAsync(Uri url, int client, CancellationToken stop)
    {
        using var http = new HttpClient();
        var targets = new List<string>();
        while (!stop.IsCancellationRequested)
        {
            var target = $"/asked/{client}/{targets.Count}";
            using var answer = await http.GetAsync(new Uri(url, target), Token);
            answer.EnsureSuccessStatusCode();
            targets.Add(target);
        }

        return targets;
    }

    /// <summary>The targets of all lines, delivered or waiting.</summary>
    private static List<string> Spooled(CloudLbProcess server, S3Server store) =>
        [.. Directory.EnumerateFiles(
            Path.Combine(server.DataDirectory, "access-log-spool"), "*.spool").Select(TryRead).SelectMany(Targets), .. Delivered(store)];

    private static List<string> Delivered(S3Server store) => [.. store.Objects.Values.SelectMany(Targets)];

    private static IEnumerable<string> Targets(string text) => Target().Matches(text).Select(match => match.Groups[1].Value);

    private static string TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (FileNotFoundException)
        {
            // Delivered in between.
            return "";
        }
    }

    /// <summary>Puts the end of what is being gathered into the past; the header keeps its length.</summary>
    private static void EndIntervals(CloudLbProcess server)
    {
        foreach (var path in Directory.EnumerateFiles(Path.Combine(server.DataDirectory, "access-log-spool"), "*.spool"))
        {
            File.WriteAllText(path, IntervalEnd().Replace(File.ReadAllText(path), "${1}2000"));
        }
    }

    [GeneratedRegex("\"GET http://[^ \"]*(/asked/[^ ]*) HTTP/1.1\"")]
    private static partial Regex Target();

    [GeneratedRegex("(\"End\":\")\\d{4}")]
    private static partial Regex IntervalEnd();

    [GeneratedRegex(
        @"^AWSLogs/123456789012/elasticloadbalancing/us-east-1/" +
        @"\d{4}/\d\d/\d\d/123456789012_elasticloadbalancing_us-east-1_web_\d{8}T\d\d[0-5][05]Z_127\.\d+\.\d+\.\d+_[a-z0-9]{8}\.log$")]
    private static partial Regex ObjectName();
}
