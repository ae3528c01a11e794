using System.Net.Sockets;
using CloudLb.Core.AccessLogs;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>Whose fault it is that an answer takes longer than the idle timeout.</summary>
public sealed class StalledBodyTests
{
    [Theory]
    [InlineData(10, 0)]
    [InlineData(10, 3)]
    [InlineData(300_000, 200_000)]
    public Task A_client_that_stops_in_its_body_is_a_408(int length, int sent) =>
        IsA408Async($"Content-Length: {length}\r\n\r\n{new string('x', sent)}");

    [Fact]
    public Task A_client_that_stops_in_its_first_chunk_is_a_408() => IsA408Async("Transfer-Encoding: chunked\r\n\r\na\r\nabc");

    /// <summary>Each part in a write of its own, so that none but the first comes with the head.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("3\r\nabc\r\n")]
    [InlineData("3\r\nabc\r\n|3\r\nab")]
    [InlineData("3\r\nabc\r\n|3")]
    [InlineData("|3\r\nabc\r\n")]
    [InlineData("3\r\nabc\r\n|0\r\n")]
    [InlineData("3\r\nabc\r\n|0\r\nTrailer: x\r\n")]
    public Task A_client_that_stops_between_or_in_later_chunks_is_a_408(string rest) =>
        IsA408Async($"Transfer-Encoding: chunked\r\n\r\n{rest}");

    [Fact]
    public Task A_client_that_stops_in_a_large_body_of_chunks_is_a_408() =>
        IsA408Async($"Transfer-Encoding: chunked\r\n\r\n{string.Concat(Enumerable.Repeat($"1000\r\n{new string('x', 4096)}\r\n|", 100))}");

    [Theory]
    [InlineData("Content-Length: 10\r\n\r\nabc", 408)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", 408)]
    [InlineData("Content-Length: 3\r\n\r\nabc", 504)]
    [InlineData("\r\n", 504)]
    public async Task On_a_connection_that_a_finishing_process_has_kept_it_is_the_same(string rest, int status)
    {
        await using var instance = RawInstance.Start(async (socket, head) =>
        {
            if (head.StartsWith("GET /first ", StringComparison.Ordinal))
            {
                await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
                return true;
            }

            await SilentAsync(socket);
            return false;
        });
        await using var running = await RunningDataPlane.StartAsync();
        var web = Impatient(Plans.LoadBalancer("web", instance.Planned()));
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        using var kept = await KeptConnection.OpenAsync(web);
        Assert.Equal(200, (await kept.GetAsync("/first"))?.Status);

        await running.ApplyAsync(web, Plans.LoadBalancer("other"));

        Assert.Equal(status, (await kept.AskAsync($"POST / HTTP/1.1\r\nHost: web\r\n{rest}"))?.Status);
    }

    private static async Task IsA408Async(string rest)
    {
        var (answer, logged) = await AskAsync(SilentAsync, $"POST / HTTP/1.1\r\nHost: web\r\n{rest}");

        Assert.StartsWith("HTTP/1.1 408 REQUEST_TIMEOUT\r\nContent-Length: 0\r\n", answer);
        Assert.Equal((408, (int?)null), (logged.Status, logged.InstanceStatus));
    }

    [Theory]
    [InlineData("Content-Length: 3\r\n\r\nabc")]
    [InlineData("Content-Length: 0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nTrailer: x\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n|3\r\nabc\r\n|0\r\n|\r\n")]
    public async Task An_instance_that_has_all_and_does_not_answer_is_a_504(string rest)
    {
        var (answer, logged) = await AskAsync(SilentAsync, $"POST / HTTP/1.1\r\nHost: web\r\n{rest}");

        Assert.StartsWith("HTTP/1.1 504 GATEWAY_TIMEOUT\r\nContent-Length: 0\r\n", answer);
        Assert.Equal((504, (int?)null), (logged.Status, logged.InstanceStatus));
    }

    [Fact]
    public async Task A_body_that_is_larger_than_a_buffer_and_complete_is_a_504_too() =>
        Assert.StartsWith(
            "HTTP/1.1 504 ",
            (
                await AskAsync(
                    SilentAsync, $"POST / HTTP/1.1\r\nHost: web\r\nContent-Length: 300000\r\n\r\n{new string('x', 300_000)}")).Answer);

    [Fact]
    public async Task An_instances_own_504_is_its_own_whatever_is_missing()
    {
        var (answer, logged) = await AskAsync(
            async socket =>
                await socket.SendAsync("HTTP/1.1 504 Mine\r\nContent-Length: 0\r\n\r\n"u8.ToArray()),
                "POST / HTTP/1.1\r\nHost: web\r\nContent-Length: 10\r\n\r\nabc");

        Assert.StartsWith("HTTP/1.1 504 Mine\r\n", answer);
        Assert.Equal((504, 504), (logged.Status, logged.InstanceStatus));
    }

    private static async Task SilentAsync(Socket socket)
    {
        var buffer = new byte[64 * 1024];
        while (await socket.ReceiveAsync(buffer) > 0)
        {
            // The load balancer has more.
        }
    }

    private static PlannedLoadBalancer Impatient(PlannedLoadBalancer web)
    {
        var idle = TimeSpan.FromSeconds(1);
        return web with
        {
            Listeners = [web.Listeners[0] with { IdleTimeout = idle }],
            Pools = [web.Pools[0] with { IdleTimeout = idle }],
        };
    }

    private static async Task<(string Answer, AccessLogEntry Logged)> AskAsync(Func<Socket, Task> answerAsync, string request)
    {
        await using var instance = RawInstance.Start(async (socket, _) =>
        {
            await answerAsync(socket);
            return false;
        });
        await using var running = await RunningDataPlane.StartAsync();
        var log = new AccessLogReader(running.AccessLog);
        var web = Impatient(Plans.LoadBalancer("web", instance.Planned())) with { IsLogged = true };
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        var answer = await RawClient.AskAsync(web, request.Split('|'));

        Assert.Single(instance.Heads);
        return (answer, Assert.Single(await log.ReadAsync(1)));
    }
}
