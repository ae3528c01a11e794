using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CloudLb.Tests.HAProxy;

/// <summary>Instances that answer nothing, or not all of it.</summary>
public sealed class NoAnswerTests
{
    [Theory]
    [InlineData("", false)]
    [InlineData("", true)]
    [InlineData("HTTP/1.1 2", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-", false)]
    public async Task An_instance_that_closes_without_an_answer_is_a_504_and_is_not_asked_again(string begun, bool isReset)
    {
        await using var instance = RawInstance.Start(async (socket, _) =>
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes(begun));
            socket.LingerState = new LingerOption(isReset, 0);
            return false;
        });
        await using var running = await RunningDataPlane.StartAsync();
        var log = new AccessLogReader(running.AccessLog);
        var web = Plans.LoadBalancer("web", instance.Planned()) with { IsLogged = true };
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        var answer = await RawClient.GetAsync(web);

        Assert.StartsWith("HTTP/1.1 504 GATEWAY_TIMEOUT\r\nContent-Length: 0\r\n", answer);
        Assert.Single(instance.Heads);
        var logged = Assert.Single(await log.ReadAsync(1));
        Assert.Equal((504, (int?)null), (logged.Status, logged.InstanceStatus));
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nA name: value\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello")]
    public async Task An_answer_that_is_no_HTTP_is_a_502(string sent)
    {
        await using var instance = RawInstance.Start(sent);
        await using var running = await RunningDataPlane.StartAsync();
        var log = new AccessLogReader(running.AccessLog);
        var web = Plans.LoadBalancer("web", instance.Planned()) with { IsLogged = true };
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        Assert.StartsWith("HTTP/1.1 502 BAD_GATEWAY\r\nContent-Length: 0\r\n", await RawClient.GetAsync(web));
        Assert.Single(instance.Heads);
        var logged = Assert.Single(await log.ReadAsync(1));
        Assert.Equal((502, (int?)null), (logged.Status, logged.InstanceStatus));
    }

    [Fact]
    public async Task An_answer_that_breaks_off_in_its_body_is_passed_on_as_far_as_it_came()
    {
        await using var instance = RawInstance.Start(async (socket, _) =>
        {
            await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc"u8.ToArray());
            return false;
        });
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        var answer = await RawClient.GetAsync(web);

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer);
        Assert.EndsWith("\r\n\r\nabc", answer);
    }

    [Theory]
    [InlineData(false, 504, "")]
    [InlineData(true, 502, "<html>502</html>")]
    public async Task A_request_on_a_connection_that_has_had_an_answer_is_answered_too(bool isApplication, int status, string body)
    {
        await using var instance = Closing();
        await using var running = await RunningDataPlane.StartAsync();
        var log = new AccessLogReader(running.AccessLog);
        var web = isApplication
            ? ApplicationPlans.LoadBalancer("web", instance.Planned())
            : Plans.LoadBalancer("web", instance.Planned()) with { IsLogged = true };
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        using var connection = await KeptConnection.OpenAsync(web);

        Assert.Equal((200, ""), await connection.GetAsync("/first"));
        var answer = Assert.NotNull(await connection.GetAsync("/close"));
        Assert.Equal((200, ""), await connection.GetAsync("/last"));

        Assert.Equal(status, answer.Status);
        Assert.Contains(body, answer.Body, StringComparison.Ordinal);
        Assert.Equal(["GET /first", "GET /close", "GET /last"], instance.Heads.Select(head => head.Split(" HTTP/")[0]));
        if (!isApplication)
        {
            Assert.Equal([200, status, 200], (await log.ReadAsync(3)).Select(entry => entry.Status));
        }
    }

    [Theory]
    [InlineData(false, 504)]
    [InlineData(true, 502)]
    public async Task A_target_that_closes_on_a_client_which_still_sends_is_to_blame(bool isApplication, int status)
    {
        await using var instance = RawInstance.Start((_, _) => Task.FromResult(false));
        await using var running = await RunningDataPlane.StartAsync();
        var web = isApplication ? ApplicationPlans.LoadBalancer("web", instance.Planned()) : Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        var answer = await RawClient.AskAsync(web, "POST / HTTP/1.1\r\nHost: web\r\nConnection: close\r\nContent-Length: 100\r\n\r\nhello");

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false, 504)]
    [InlineData(false, true, 504)]
    [InlineData(true, false, 502)]
    [InlineData(true, true, 502)]
    public async Task A_request_whose_body_comes_in_chunks_is_answered_too(bool isApplication, bool isBodyRead, int status)
    {
        await using var instance = RawInstance.Start((_, _) => Task.FromResult(false), isBodyRead);
        await using var running = await RunningDataPlane.StartAsync();
        var web = isApplication ? ApplicationPlans.LoadBalancer("web", instance.Planned()) : Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        var answer = await RawClient.AskAsync(
            web, "POST / HTTP/1.1\r\nHost: web\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "0\r\n\r\n");

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Single(instance.Heads);
    }

    [Fact]
    public async Task A_client_of_HTTP2_is_told_so_and_sends_nothing_twice()
    {
        await using var instance = Closing();
        await using var running = await RunningDataPlane.StartAsync();
        var web = Http2Plans.Secure(running, "web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        using var client = Http2Plans.Client();
        using var request = Http2Plans.Request(web, "/close", HttpVersion.Version20, HttpMethod.Post);
        request.Content = new StringContent("an order");

        var (major, answered, body) = await Http2Plans.AskAsync(client, request);

        Assert.Equal((2, 502), (major, answered));
        Assert.Contains("<html>502</html>", body, StringComparison.Ordinal);
        Assert.StartsWith("POST /close ", Assert.Single(instance.Heads), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instances_own_502_is_its_own()
    {
        await using var instance = RawInstance.Start("HTTP/1.1 502 Mine\r\nContent-Length: 0\r\n\r\n");
        await using var running = await RunningDataPlane.StartAsync();
        var log = new AccessLogReader(running.AccessLog);
        var web = Plans.LoadBalancer("web", instance.Planned()) with { IsLogged = true };
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        Assert.StartsWith("HTTP/1.1 502 Mine\r\n", await RawClient.GetAsync(web));
        var logged = Assert.Single(await log.ReadAsync(1));
        Assert.Equal((502, 502), (logged.Status, logged.InstanceStatus));
    }

    /// <summary>Closes on whoever asks for that.</summary>
    private static RawInstance Closing() => RawInstance.Start(async (socket, head) =>
    {
        if (head.Contains(" /close ", StringComparison.Ordinal))
        {
            return false;
        }

        await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        return true;
    });
}
