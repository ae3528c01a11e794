using System.Net.Sockets;
using System.Text;

namespace CloudLb.Tests.HAProxy;

/// <summary>
/// Requests whose bodies come in chunks pass through the process twice, and nobody notices: not the client, not the instance, not the
/// counters.
/// </summary>
public sealed class ChunkedBodyTests
{
    private const string Chunked = "POST / HTTP/1.1\r\nHost: web\r\nTransfer-Encoding: chunked\r\n";

    [Fact]
    public async Task The_instance_is_told_what_it_is_told_with_a_length()
    {
        await using var instance = RawInstance.Start("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", readsBodies: true);
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        using var connection = await KeptConnection.OpenAsync(web);
        const string Sent = "POST / HTTP/1.1\r\nHost: web\r\nX-Forwarded-For: 192.0.2.7\r\n";

        await connection.AskAsync($"{Sent}Content-Length: 3\r\n\r\nabc");
        await connection.AskAsync(
            $"{Sent}X-CloudLb-Passed-On: forged/1/-/-/again/close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");

        var (counted, chunked) = (instance.Heads.First().Split("\r\n"), instance.Heads.Last().Split("\r\n"));
        Assert.Contains("X-Forwarded-For: 192.0.2.7, 127.0.0.1", chunked);
        Assert.Equal(counted.Except(["Content-Length: 3"]).Order(), chunked.Except(["Transfer-Encoding: chunked"]).Order());
    }

    [Fact]
    public async Task A_large_body_arrives_whole_and_in_order_and_the_connections_go_on()
    {
        await using var instance = RawInstance.Start("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", readsBodies: true);
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        using var connection = await KeptConnection.OpenAsync(web);
        var numbers = Enumerable.Range(0, 3_000).Select(number => $"{number:d6}" + new string('x', 300)).ToList();

        for (var request = 0; request < 2; request++)
        {
            var chunks = string.Concat(numbers.Select(number => $"{number.Length:x}\r\n{number}\r\n"));
            Assert.Equal((200, "ok"), await connection.AskAsync($"{Chunked}\r\n{chunks}0\r\n\r\n"));
            Assert.Equal(string.Concat(numbers), Joined(instance.Bodies.Last()));
        }
    }

    [Fact]
    public async Task What_the_instance_answers_before_the_end_of_the_body_is_its_own()
    {
        await using var instance = RawInstance.Start(async (socket, _) =>
        {
            await socket.SendAsync("HTTP/1.1 504 Mine\r\nContent-Length: 4\r\n\r\nmine"u8.ToArray());
            return false;
        });
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        using var connection = await KeptConnection.OpenAsync(web);

        Assert.Equal((504, "mine"), await connection.AskAsync($"{Chunked}\r\n3\r\nabc\r\n"));
    }

    [Fact]
    public async Task Without_an_instance_it_is_a_503_and_with_one_that_closes_a_504()
    {
        await using var instance = RawInstance.Start((_, _) => Task.FromResult(false));
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        const string Request = $"{Chunked}Connection: close\r\n\r\n3\r\nabc\r\n0\r\n\r\n";

        Assert.StartsWith("HTTP/1.1 504 GATEWAY_TIMEOUT\r\n", await RawClient.AskAsync(web, Request));
        await running.ApplyAsync(web.With());
        Assert.StartsWith("HTTP/1.1 503 ", await RawClient.AskAsync(web, Request));
    }

    [Fact]
    public async Task Hand_overs_meanwhile_lose_none()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        using var enough = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var answers = new List<(int Status, string Body)?>();
            while (!enough.IsCancellationRequested)
            {
                using var connection = await KeptConnection.OpenAsync(web);
                for (var request = 0; request < 3 && !connection.IsClosing; request++)
                {
                    answers.Add(await connection.AskAsync($"{Chunked}\r\n3\r\nabc\r\n0\r\n\r\n"));
                }
            }

            return answers;
        })).ToList();

        for (var round = 0; round < 10; round++)
        {
            await running.ApplyAsync(round % 2 == 0 ? [web, Plans.LoadBalancer("other")] : [web]);
        }

        await enough.CancelAsync();
        var all = (await Task.WhenAll(clients)).SelectMany(answers => answers).ToList();
        Assert.NotEmpty(all);
        Assert.All(all, answer => Assert.Equal((200, "i-1"), answer));
    }

    [Fact]
    public async Task Many_on_all_threads_at_once_end_no_process()
    {
        const int Clients = 16, Rounds = 60, AtOnce = 10;
        var many = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat($"{Chunked}\r\n3\r\nabc\r\n0\r\n\r\n", AtOnce)));
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync(settings: ("Threads", "4"));
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        var process = running.DataPlane.Cells[0].ProcessId;

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                using var socket = new Socket(web.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(web.Address, Plans.Port, TestContext.Current.CancellationToken);
                await socket.SendAsync(many);
                await UntilAsync(socket, text => text.Split("HTTP/1.1 200 OK\r\n").Length > AtOnce);
            }
        })));

        Assert.Equal(process, running.DataPlane.Cells[0].ProcessId);
    }

    private static string Joined(string chunks)
    {
        var text = new StringBuilder();
        for (var at = 0; ;)
        {
            var end = chunks.IndexOf("\r\n", at, StringComparison.Ordinal);
            var length = Convert.ToInt32(chunks[at..end], 16);
            if (length == 0)
            {
                return text.ToString();
            }

            text.Append(chunks, end + 2, length);
            at = end + 2 + length + 2;
        }
    }

    private static Task<string> UntilAsync(Socket socket, string end) =>
        UntilAsync(socket, text => text.EndsWith(end, StringComparison.Ordinal));

    private static async Task<string> UntilAsync(Socket socket, Func<string, bool> isEnough)
    {
        var (text, buffer) = ("", new byte[64 * 1024]);
        while (!isEnough(text))
        {
            var count = await socket.ReceiveAsync(buffer).WaitAsync(Eventually.Limit);
            Assert.True(count > 0, $"The connection has ended; before came:\n{text}");
            text += Encoding.Latin1.GetString(buffer, 0, count);
        }

        return text;
    }
}
