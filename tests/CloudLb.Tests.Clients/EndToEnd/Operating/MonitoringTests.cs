using System.Net;
using System.Net.Sockets;
using System.Text;
using CloudLb.Tests.Clients.Harness;
using static CloudLb.Tests.Clients.Harness.MonitoringEndpoints;

namespace CloudLb.Tests.Clients.EndToEnd;

/// <summary>What the real server tells a monitor of its traffic and its work, and where.</summary>
public sealed class MonitoringTests
{
    private static readonly (string, string) FastPoll = ("HAProxy:PollInterval", "00:00:00.2");

    [Fact]
    public async Task Every_CloudWatch_metric_is_there_under_the_traffic_that_causes_it()
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = await CloudLbProcess.StartAsync(token, FastPoll, ("HAProxy:MaxConnectionsPerInstance", "1"));
        await using var backend = await Backend.StartAsync(token);
        await File.WriteAllTextAsync(
            Path.Combine(server.DataDirectory, "inventory.json"),
            $$"""
            {
              "i-0a1b2c3d": { "address": "{{backend.Address}}", "zone": "us-east-1a" },
              "i-0a1b2c3e": { "address": "{{Ports.Network()}}.9", "zone": "us-east-1a" }
            }
            """,
            token);
        var api = new ElbApi(server.Url);
        await api.CreateWebAsync("web", backend.Port, token);
        await Wait.ForAsync(
            () =>
                api.SendAsync(
                    "Action=RegisterInstancesWithLoadBalancer&LoadBalancerName=web&Instances.member.1.InstanceId=i-0a1b2c3d" +
                    "&Version=2012-06-01",
                    token),
            answer => answer.Status == 200, token);
        await api.BecomesAsync("web", "i-0a1b2c3d", "InService", token);
        var url = await server.TrafficUrlAsync("web", token);

        foreach (var status in new[] { 200, 302, 404, 500 })
        {
            Assert.Equal(status, (await Traffic.GetAsync(new Uri(url, $"/status/{status}"), token)).Status);
        }

        Assert.StartsWith(
            "HTTP/1.1 400 ", await SendAsync(url, "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 2\r\n\r\n", token),
            StringComparison.Ordinal);

        // One is answered, 1,024 wait, and the next spills over.
        var waiting = new List<Socket>();
        for (var count = 0; count < 1025; count++)
        {
            waiting.Add(await AskAsync(url, "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n", token));
        }

        await Wait.ForAsync(() => MetricsAsync(server.Url, token), metrics => metrics.Sum("cloudlb_elb_surge_queue_length") == 1024, token);
        Assert.StartsWith(
            "HTTP/1.1 503 Service Unavailable: Back-end server is at capacity\r\n",
            await SendAsync(url, "GET / HTTP/1.1\r\nHost: a\r\n\r\n", token), StringComparison.Ordinal);
        backend.Release();
        waiting.ForEach(socket => socket.Dispose());

        // An instance that nobody answers for is unhealthy, and a check that cannot connect to one in service is an error.
        await api.RegisterAsync("web", "i-0a1b2c3e", token);
        await backend.DisposeAsync();
        await api.BecomesAsync("web", "i-0a1b2c3d", "OutOfService", token);

        (string, string)[] ofLoadBalancer = [("account", Account.First.Id), ("region", Account.Region), ("load_balancer", "web")];
        (string, string)[] ofZone = [.. ofLoadBalancer, ("availability_zone", "us-east-1a")];
        var seen = await Wait.ForAsync(
            () => MetricsAsync(server.Url, token),
            metrics =>
                metrics.Sum("cloudlb_elb_backend_connection_errors_total", ofZone) > 0
                    && metrics.Sum("cloudlb_elb_spillover_total", ofLoadBalancer) > 0, token);
        foreach (var name in new[]
        {
            "requests_total",
            "httpcode_backend_2xx_total",
            "httpcode_backend_3xx_total",
            "httpcode_backend_4xx_total",
            "httpcode_backend_5xx_total",
            "latency_seconds_count",
        })
        {
            Assert.True(seen.Sum($"cloudlb_elb_{name}", ofZone) > 0, name);
        }

        Assert.Equal(
            (1, 1, 1),
            (
                seen.Sum("cloudlb_elb_httpcode_backend_3xx_total", ofZone), seen.Sum("cloudlb_elb_httpcode_backend_4xx_total", ofZone),
                seen.Sum("cloudlb_elb_httpcode_backend_5xx_total", ofZone)));
        Assert.True(
            seen.Sum("cloudlb_elb_httpcode_elb_4xx_total", ofLoadBalancer) >= 1
                && seen.Sum("cloudlb_elb_httpcode_elb_5xx_total", ofLoadBalancer) >= 1);
        Assert.True(seen.Sum("cloudlb_elb_desync_non_compliant_requests_total", ofLoadBalancer) >= 1);
        Assert.True(
            seen.Sum("cloudlb_elb_processed_bytes_total", ofLoadBalancer) > 1000
                && seen.Sum("cloudlb_elb_new_connections_total", ofLoadBalancer) > 1025);
        Assert.Equal(1, seen.Sum("cloudlb_elb_spillover_total", ofLoadBalancer));
        Assert.Equal((0, 2), (seen.Sum("cloudlb_elb_healthy_hosts", ofZone), seen.Sum("cloudlb_elb_unhealthy_hosts", ofZone)));
        Assert.True(seen.Sum("cloudlb_elb_latency_seconds_sum", ofZone) is >= 0 and var latency && double.IsFinite(latency));
        Assert.NotNull(seen.Sum("cloudlb_elb_active_connections", ofLoadBalancer));

        // And what CloudLb does itself.
        Assert.Equal(1, seen.Sum("cloudlb_api_call_duration_seconds_count", ("action", "CreateLoadBalancer"), ("code", "")));
        Assert.True(
            seen.Sum("cloudlb_reconciler_pass_duration_seconds_count", ("outcome", "applied")) > 0
                && seen.Sum("cloudlb_reconciler_lag_seconds_count") > 0);
        Assert.Equal(1, seen.Sum("cloudlb_haproxy_handovers_total", ("reason", "start"), ("outcome", "served")));
        Assert.Equal((1, 1), (seen.Sum("cloudlb_haproxy_up"), seen.Sum("cloudlb_load_balancers")));
        var refused = await api.SendAsync("Action=DescribeLoadBalancers&LoadBalancerNames.member.1=none&Version=2012-06-01", token);
        var counted = await MetricsAsync(server.Url, token);
        Assert.Equal(
            1, counted.Sum("cloudlb_api_call_duration_seconds_count", ("action", "DescribeLoadBalancers"), ("code", refused.Code!)));
    }

    [Theory]
    [InlineData("Child")]
    [InlineData("Attach")]
    public async Task Counters_never_go_back_over_hand_overs_and_kills_and_equal_what_was_sent(string mode)
    {
        const string Requests = "cloudlb_elb_requests_total";
        var token = TestContext.Current.CancellationToken;
        await using var server = await CloudLbProcess.StartAsync(token, FastPoll, ("HAProxy:Mode", mode));
        await using var backend = await Backend.StartAsync(token);
        var api = new ElbApi(server.Url);
        await api.ServeAsync("web", backend, token);
        var url = await server.TrafficUrlAsync("web", token);
        var (sent, last) = (0, 0.0);

        async Task SendAsync(int count)
        {
            for (var request = 0; request < count; request++, sent++)
            {
                Assert.Equal(200, (await Traffic.GetAsync(url, token)).Status);
            }
        }

        async Task<double> CountedAsync()
        {
            var counted = (await MetricsAsync(server.Url, token)).Sum(Requests)!.Value;
            Assert.True(counted >= last && counted <= sent, $"{counted} after {last}, {sent} were sent");
            return last = counted;
        }

        await SendAsync(10);
        await Wait.ForAsync(CountedAsync, counted => counted == sent, token);

        await api.CallAsync(
            "Action=CreateLoadBalancerListeners&LoadBalancerName=web&Listeners.member.1.Protocol=HTTP" +
            "&Listeners.member.1.LoadBalancerPort=8089&Listeners.member.1.InstancePort=1",
            token);
        for (var round = 0; round < 10; round++)
        {
            await SendAsync(2);
            await CountedAsync();
        }

        // The hand-over may be put off for a moment on a busy machine.
        await Wait.ForAsync(
            () => MetricsAsync(server.Url, token),
            metrics => metrics.Sum("cloudlb_haproxy_handovers_total", ("reason", "listener added")) > 0, token);
        await SendAsync(2);
        await Wait.ForAsync(CountedAsync, counted => counted == sent, token);

        await SendAsync(5);
        await server.KillAsync(token);
        await SendAsync(10);
        await server.StartAgainAsync(token);
        await CountedAsync();
        await SendAsync(5);
        await Wait.ForAsync(CountedAsync, counted => counted == sent, token);

        Assert.Equal(0, await server.StopAsync(token));
        await server.StartAgainAsync(token);
        await Wait.ForAsync(CountedAsync, counted => counted == sent, token);
    }

    [Fact]
    public async Task The_three_can_have_a_place_of_their_own_or_none_and_never_stand_in_the_way_of_the_API()
    {
        var token = TestContext.Current.CancellationToken;
        var own = new Uri($"http://127.0.0.1:{Ports.Free(IPAddress.Loopback)}");
        await using var apart = await CloudLbProcess.StartAsync(token, ("Metrics:Url", own.ToString().TrimEnd('/')));
        await using var off = await CloudLbProcess.StartAsync(token, ("Metrics:Enabled", "false"));
        await using var shared = await CloudLbProcess.StartAsync(token);

        Assert.True((await MetricsAsync(own, token)).Types.Count > 10);
        await IsAsync(own, "/ready", 200, "OK\n", token);
        Assert.Equal(404, (await GetAsync(own, "/", token)).Status);
        foreach (var without in new[] { apart, off })
        {
            var (status, text) = await GetAsync(without.Url, "/metrics", token);
            Assert.Equal((404, true), (status, text.Contains("UnknownOperationException", StringComparison.Ordinal)));
        }

        using var post = await Http.PostAsync(new Uri(shared.Url, "/metrics"), new StringContent(""), token);
        Assert.Equal(HttpStatusCode.NotFound, post.StatusCode);
        Assert.Contains("UnknownOperationException", await post.Content.ReadAsStringAsync(token), StringComparison.Ordinal);
        using var head = await Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, new Uri(shared.Url, "/metrics")), token);
        Assert.Equal(
            (HttpStatusCode.OK, "text/plain; version=0.0.4; charset=utf-8"),
            (head.StatusCode, head.Content.Headers.ContentType?.ToString()));
        await new ElbApi(shared.Url).CallAsync("Action=DescribeLoadBalancers", token);
    }

    private static async Task<Socket> AskAsync(Uri url, string text, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(url.Host, url.Port, cancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes(text), cancellationToken);
        return socket;
    }

    private static async Task<string> SendAsync(Uri url, string text, CancellationToken cancellationToken)
    {
        using var socket = await AskAsync(url, text, cancellationToken);
        var buffer = new byte[4096];
        return Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer, cancellationToken));
    }
}
