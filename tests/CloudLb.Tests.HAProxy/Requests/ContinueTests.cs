using System.Net.Sockets;
using System.Text;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>
/// Clients that ask whether they may send a body are answered by the load balancer, as at AWS, and instances hear nothing of it.
/// </summary>
public sealed class ContinueTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    /// <summary>Which of the load balancers: Classic, one of application, and one whose listener has rules of its own for heads.</summary>
    public enum Kind
    {
        Classic,
        Application,
        Own,
    }

    [Theory]
    [InlineData(Kind.Classic, "Content-Length: 3", "abc")]
    [InlineData(Kind.Application, "Content-Length: 3", "abc")]
    [InlineData(Kind.Own, "Content-Length: 3", "abc")]
    [InlineData(Kind.Classic, "Transfer-Encoding: chunked", "3\r\nabc\r\n0\r\n\r\n")]
    [InlineData(Kind.Application, "Transfer-Encoding: chunked", "3\r\nabc\r\n0\r\n\r\n")]
    [InlineData(Kind.Own, "Transfer-Encoding: chunked", "3\r\nabc\r\n0\r\n\r\n")]
    public async Task A_client_that_asks_is_told_to_go_on_before_any_instance_is_asked(Kind kind, string framing, string body)
    {
        await using var instance = RawInstance.Start(Ok, readsBodies: true);
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ServedAsync(running, Planned(kind, instance));
        using var client = await ConnectedAsync(web);

        await SendAsync(client, $"POST / HTTP/1.1\r\nHost: web\r\nExpect: 100-Continue\r\n{framing}\r\nConnection: close\r\n\r\n");
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", await ReadAsync(client, "\r\n\r\n"));
        Assert.Empty(instance.Heads);
        await SendAsync(client, body);

        Assert.StartsWith("HTTP/1.1 200 ", await ReadAsync(client, "\r\n\r\n"));
        Assert.DoesNotContain("expect:", Assert.Single(instance.Heads), StringComparison.OrdinalIgnoreCase);
        Assert.Equal([body], instance.Bodies);
    }

    [Fact]
    public async Task A_client_that_asks_and_sends_nothing_is_a_408_as_every_one_that_stops_in_its_body()
    {
        await using var instance = RawInstance.Start(Ok, readsBodies: true);
        await using var running = await RunningDataPlane.StartAsync();
        var web = Planned(Kind.Classic, instance);
        web = await ServedAsync(running, web with { Listeners = [web.Listeners[0] with { IdleTimeout = TimeSpan.FromSeconds(1) }] });

        var answer = await RawClient.AskAsync(web, "POST / HTTP/1.1\r\nHost: web\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 408 ", answer);
    }

    [Theory]
    [InlineData("POST", "Content-Length: 0\r\nExpect: 100-continue")]
    [InlineData("GET", "Expect: 100-continue")]
    [InlineData("POST", "Content-Length: 0\r\nExpect: another")]
    public async Task Where_there_is_nothing_to_wait_for_the_request_goes_its_way(string method, string headers)
    {
        await using var instance = RawInstance.Start(Ok, readsBodies: true);
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ServedAsync(running, Planned(Kind.Application, instance));

        var answer = await RawClient.AskAsync(web, $"{method} / HTTP/1.1\r\nHost: web\r\n{headers}\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 ", answer);
        Assert.Single(instance.Heads);
    }

    private static PlannedLoadBalancer Planned(Kind kind, RawInstance instance) => kind switch
    {
        Kind.Classic => Plans.LoadBalancer("web", instance.Planned()),
        Kind.Application => ApplicationPlans.LoadBalancer("web", instance.Planned()),
        _ => ApplicationPlans.LoadBalancer("web", instance.Planned()).With(http => http with { HidesServer = true }),
    };

    private static async Task<PlannedLoadBalancer> ServedAsync(RunningDataPlane running, PlannedLoadBalancer web)
    {
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        Assert.Empty(running.DataPlane.Faults);
        return web;
    }

    private static async Task<Socket> ConnectedAsync(PlannedLoadBalancer web)
    {
        var socket = new Socket(web.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(web.Address, Plans.Port, TestContext.Current.CancellationToken);
        return socket;
    }

    private static async Task SendAsync(Socket socket, string text) =>
        await socket.SendAsync(Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken);

    private static async Task<string> ReadAsync(Socket socket, string end)
    {
        var (text, buffer) = ("", new byte[64 * 1024]);
        while (!text.EndsWith(end, StringComparison.Ordinal))
        {
            var count = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken).AsTask().WaitAsync(Eventually.Limit);
            Assert.True(count > 0, $"The connection has ended; before came:\n{text}");
            text += Encoding.Latin1.GetString(buffer, 0, count);
        }

        return text;
    }
}
