using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

/// <summary>The metrics of the real server, sent to a collector.</summary>
public sealed class OtlpTests
{
    [Fact]
    public async Task What_is_measured_is_sent_to_a_collector_and_the_server_minds_none_that_is_gone()
    {
        var token = TestContext.Current.CancellationToken;
        var collector = await Collector.StartAsync(token);
        await using var server = await CloudLbProcess.StartAsync(
            token, ("Metrics:OtlpEndpoint", $"{collector.Url}"), ("Metrics:OtlpInterval", "00:00:01"));
        await new ElbApi(server.Url).CreateWebAsync("sent-to-a-collector", Ports.Free(System.Net.IPAddress.Loopback), token);

        var sent = await Wait.ForAsync(
            () =>
                Task.FromResult(
                    collector.Received.FirstOrDefault(request => request.Body.Contains("sent-to-a-collector", StringComparison.Ordinal))),
            request => request.Body is not null,
            token);
        Assert.Equal(("POST", "/v1/metrics", "application/x-protobuf"), (sent.Method, sent.Path, sent.Type));
        string[] names =
        [
            "cloudlb.elb.new_connections", "cloudlb.elb.processed_bytes", "cloudlb.haproxy.up", "cloudlb.load_balancers",
            "cloudlb.reconciler.pass.duration", "cloudlb.api.call.duration", "availability_zone", "service.name",
        ];
        await Wait.ForAsync(
            () => Task.FromResult(names.Where(
                name => !collector.Received.Any(request => request.Body.Contains(name, StringComparison.Ordinal))).ToList()),
            missing => missing.Count == 0,
            token);

        await collector.DisposeAsync();
        await new ElbApi(server.Url).CallAsync("Action=DescribeLoadBalancers", token);
        Assert.Equal(0, await server.StopAsync(token));
    }
}
