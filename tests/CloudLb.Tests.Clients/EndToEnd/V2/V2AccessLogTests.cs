using System.IO.Compression;
using System.Text.RegularExpressions;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

/// <summary>Access logs of application load balancers, from the API to the bucket.</summary>
public sealed partial class V2AccessLogTests
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_are_delivered_compressed_with_rule_group_and_trace()
    {
        await using var server = await CloudLbProcess.StartAsync(Token);
        await using var target = await Backend.StartAsync(Token);
        var calls = new V2Calls(new ElbApi(server.Url));
        var (loadBalancer, listener) = await calls.ServeAsync("web", target);
        await calls.SetAsync(
            loadBalancer, ("health_check_logs.s3.enabled", "true"), ("health_check_logs.s3.bucket", "v2-checks"),
            ("health_check_logs.s3.prefix", "c"));
        await calls.CallAsync(
            $"Action=CreateRule&ListenerArn={listener}&Priority=7&Conditions.member.1.Field=path-pattern" +
            "&Conditions.member.1.Values.member.1=%2Fasked%2F*&Actions.member.1.Type=redirect" +
            "&Actions.member.1.RedirectConfig.StatusCode=HTTP_302&Actions.member.1.RedirectConfig.Path=%2Fgiven%2F%23%7Bpath%7D");
        await calls.SetAsync(
            loadBalancer, ("access_logs.s3.enabled", "true"), ("access_logs.s3.bucket", "v2-logs"), ("access_logs.s3.prefix", "p/q"),
            ("connection_logs.s3.enabled", "true"), ("connection_logs.s3.bucket", "v2-logs"), ("connection_logs.s3.prefix", "p/q"));
        var bucket = Path.Combine(server.DataDirectory, "access-logs", "v2-logs", "p", "q", "AWSLogs", "123456789012");
        Assert.True(File.Exists(Path.Combine(bucket, "ELBAccessLogTestFile")));
        Assert.True(File.Exists(Path.Combine(bucket, "ELBConnectionLogTestFile")));
        var checks = Path.Combine(server.DataDirectory, "access-logs", "v2-checks", "c", "AWSLogs", "123456789012");
        Assert.True(File.Exists(Path.Combine(checks, "ELBHealthCheckLogTestFile")));
        var url = await server.TrafficUrlAsync("web", Token);

        // The processes before, which do not log, may take one more connection, and what is passed on of it tells of none.
        await Wait.ForAsync(
            async () =>
            {
                await AskAsync(url);
                return Spooled(server);
            },
            text => text.Contains("/asked/", StringComparison.Ordinal) && text.Contains("/given/", StringComparison.Ordinal)
                && Connection().IsMatch(text) && Checked().IsMatch(text), Token);
        await server.StopAsync(Token);
        foreach (var path in Directory.EnumerateFiles(Path.Combine(server.DataDirectory, "access-log-spool"), "*.spool"))
        {
            // The interval is over, as it would be in some minutes; the header keeps its length.
            File.WriteAllText(path, IntervalEnd().Replace(File.ReadAllText(path), "${1}2000"));
        }

        await server.StartAgainAsync(Token);
        var objects = await DeliveredAsync(bucket, "123456789012_*.log.gz");
        var connections = await DeliveredAsync(bucket, "conn_log_123456789012_*.log.gz");

        var checkObjects = await DeliveredAsync(checks, "health_check_log_123456789012_*.log.gz");
        Assert.Contains(
            $"{target.Address}:{target.Port} web PASS 200 -\n", string.Concat(checkObjects.Select(Read)), StringComparison.Ordinal);

        var id = loadBalancer.Split('/')[^1];
        Assert.Matches($@"123456789012_elasticloadbalancing_us-east-1_app\.web\.{id}_[0-9TZ]*_[0-9.]*_[a-z0-9]*\.log\.gz$", objects[0]);
        var lines = string.Concat(objects.Select(Read)).Split('\n');
        Assert.Contains(
            lines,
            line => line.StartsWith("http ", StringComparison.Ordinal) && line.Contains($" app/web/{id} ", StringComparison.Ordinal)
                && Moved().IsMatch(line));
        Assert.Contains(lines, line => Given().IsMatch(line));
        var ids = Connection().Matches(string.Concat(connections.Select(Read))).Select(connection => connection.Groups[1].Value).ToList();
        Assert.Contains(
            lines, line => ids.Any(each => line.EndsWith($" {each} \"-\" \"-\" \"-\"", StringComparison.Ordinal)));
        Assert.Empty(Directory.GetFiles(Path.Combine(server.DataDirectory, "access-log-spool"), "*.gz"));
    }

    private static Task<string[]> DeliveredAsync(string bucket, string name) => Wait.ForAsync(
        () => Task.FromResult(Directory.GetFiles(bucket, name, SearchOption.AllDirectories)), found => found.Length > 0, Token);

    private static async Task AskAsync(Uri url)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(url, "/asked/1"));
            request.Headers.ConnectionClose = true;
            using var answer = await Http.SendAsync(request, Token);
        }
        catch (HttpRequestException)
        {
            // Nothing listens yet.
        }
    }

    private static string Spooled(CloudLbProcess server) => string.Concat(
        Directory.EnumerateFiles(Path.Combine(server.DataDirectory, "access-log-spool"), "*.spool").Select(File.ReadAllText));

    private static string Read(string path)
    {
        using var content = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        return content.ReadToEnd();
    }

    [GeneratedRegex("(?m)^[^ ]+Z 127[0-9.]+ [0-9]+ [0-9]+ - - - \"-\" - - - (TID_[0-9a-f]{32}) - app/web/[0-9a-f]{16} 127[0-9.]+$")]
    private static partial Regex Connection();

    [GeneratedRegex("(?m)^http [^ ]+Z [0-9.]+ 127[0-9.]+:[0-9]+ web PASS 200 -$")]
    private static partial Regex Checked();

    [GeneratedRegex("(\"End\":\")\\d{4}")]
    private static partial Regex IntervalEnd();

    [GeneratedRegex(
        " 302 - .*/asked/1 HTTP/1.1\" .* - - - \"Root=1-[0-9a-f-]*\" \"-\" \"-\" 7 [^ ]* \"redirect\" \"http://[^\"]*/given/asked/1\" ")]
    private static partial Regex Moved();

    [GeneratedRegex(
        " 200 200 .*/given/asked/1 HTTP/1.1\" .* arn:aws:[^ ]*:targetgroup/web/[0-9a-f]{16} \"Root=1-.* 0 [^ ]* \"forward\" \"-\" ")]
    private static partial Regex Given();
}
