using System.Net;
using System.Net.Sockets;
using System.Text;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Faults;

/// <summary>Clients that hold the API's connections, one byte at a time or thousands at a time.</summary>
public sealed class UnkindClientTests
{
    private const int Drips = 100;
    private const int FewFiles = 1000;
    private const int ManyConnections = 1200;
    private const int Mebibyte = 1024 * 1024;
    private const int HeldBodies = 200;
    private const int RefusedCalls = 300;

    [Fact]
    public async Task Clients_that_drip_are_cut_and_keep_nobody_waiting()
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = await CloudLbProcess.StartAsync(token);
        var api = new ElbApi(server.Url);
        var sockets = new List<Socket>();
        try
        {
            for (var number = 0; number < Drips; number++)
            {
                sockets.Add(await ConnectAsync(server.Url, token));
                await sockets[^1].SendAsync(
                    Encoding.ASCII.GetBytes(
                        "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nA"),
                    token);
            }

            await api.CallAsync("Action=DescribeLoadBalancers", token);

            // 240 bytes a second, after five seconds of grace, are Kestrel's least.
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
            limit.CancelAfter(TimeSpan.FromSeconds(60));
            await Task.WhenAll(sockets.Select(socket => UntilClosedAsync(socket, limit.Token)));
            await api.CallAsync("Action=DescribeLoadBalancers", token);
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    public async Task Requests_sent_ahead_are_answered_in_their_order()
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = await CloudLbProcess.StartAsync(token);
        var api = new ElbApi(server.Url);
        var text = new StringBuilder();
        foreach (var action in new[] { "DescribeLoadBalancers", "DescribeAccountLimits", "DescribeLoadBalancerPolicyTypes" })
        {
            var body = $"Action={action}&Version=2012-06-01";
            using var request = new HttpRequestMessage(HttpMethod.Post, server.Url)
            {
                Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded"),
            };
            await api.Signer.SignAsync(request, token);
            text.Append($"POST / HTTP/1.1\r\nHost: {server.Url.Authority}\r\nContent-Length: {body.Length}\r\n");
            foreach (var (name, value) in request.Headers.NonValidated
                .Concat(request.Content.Headers.NonValidated)
                .Where(header => header.Key is not ("Host" or "Content-Length")))
            {
                text.Append($"{name}: {value}\r\n");
            }

            text.Append($"{(action == "DescribeLoadBalancerPolicyTypes" ? "Connection: close\r\n" : "")}\r\n{body}");
        }

        using var socket = await ConnectAsync(server.Url, token);
        await socket.SendAsync(Encoding.ASCII.GetBytes(text.ToString()), token);
        using var reader = new StreamReader(new NetworkStream(socket));
        var answers = await reader.ReadToEndAsync(token);

        var places = new[]
        {
            "<DescribeLoadBalancersResponse",
            "<DescribeAccountLimitsResponse",
            "<DescribeLoadBalancerPolicyTypesResponse",
        }
            .Select(root => answers.IndexOf(root, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public async Task Connections_until_no_file_can_be_opened_any_more_harm_no_traffic_and_are_recovered_from()
    {
        var token = TestContext.Current.CancellationToken;
        var surroundings = new CloudLbProcess.Surroundings { Prefix = ["prlimit", $"--nofile={FewFiles}:{FewFiles}"] };
        await using var server = await CloudLbProcess.StartAsync(surroundings, token, ("Reconciler:ResyncInterval", "00:00:01"));
        await using var backend = await Backend.StartAsync(token);
        var api = new ElbApi(server.Url);
        await api.CreateWebAsync("web", backend.Port, token);
        await api.RegisterAsync("web", backend.Address, token);
        var url = await server.TrafficUrlAsync("web", token);
        await Traffic.AnswersAsync(url, 200, token);

        var sockets = new List<Socket>();
        for (var number = 0; number < ManyConnections; number++)
        {
            sockets.Add(await ConnectAsync(server.Url, token));
        }

        Assert.Equal((200, backend.Address), await Traffic.GetAsync(url, token));
        sockets.ForEach(socket => socket.Dispose());
        await Wait.ForAsync(() => TryDescribeAsync(server.Url, token), answered => answered, token);
        await api.DeregisterAsync("web", backend.Address, token);
        await Traffic.AnswersAsync(url, 503, token);
        await api.RegisterAsync("web", backend.Address, token);
        Assert.Equal((200, backend.Address), await Traffic.AnswersAsync(url, 200, token));
    }

    [Fact]
    public async Task Silent_connections_shut_out_neither_callers_nor_monitors_and_are_closed()
    {
        var token = TestContext.Current.CancellationToken;

        // Four hundred connections are all that this limit leaves.
        var surroundings = new CloudLbProcess.Surroundings { Prefix = ["prlimit", $"--nofile={FewFiles}:{FewFiles}"] };
        await using var server = await CloudLbProcess.StartAsync(surroundings, token);
        var sockets = new List<Socket>();
        try
        {
            for (var number = 0; number < ManyConnections; number++)
            {
                sockets.Add(await ConnectAsync(server.Url, token));
            }

            // While many of them are being closed at once, a new connection may be cut as well: whoever asks again is answered.
            using var http = new HttpClient();
            await Wait.ForAsync(() => IsAnsweredAsync(http, new(server.Url, "/health"), token), answered => answered, token);
            await Wait.ForAsync(() => IsAnsweredAsync(http, new(server.Url, "/metrics"), token), answered => answered, token);
            await Wait.ForAsync(() => TryDescribeAsync(server.Url, token), answered => answered, token);

            using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
            limit.CancelAfter(TimeSpan.FromSeconds(60));
            await Task.WhenAll(sockets.Select(socket => UntilClosedAsync(socket, limit.Token)));
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    public async Task Bodies_of_callers_whom_nobody_knows_are_not_kept()
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = await CloudLbProcess.StartAsync(token);
        await new ElbApi(server.Url).CallAsync("Action=DescribeLoadBalancers", token);
        var atRest = server.ResidentMebibytes;
        var most = atRest;
        var sockets = new List<Socket>();
        try
        {
            var head = Encoding.ASCII.GetBytes(
                $"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {Mebibyte}\r\n\r\n");
            var body = new byte[Mebibyte - 4];
            for (var number = 0; number < HeldBodies; number++)
            {
                sockets.Add(await ConnectAsync(server.Url, token));
                await sockets[^1].SendAsync(head, token);
                await sockets[^1].SendAsync(body, token);
                most = Math.Max(most, server.ResidentMebibytes);
            }

            await new ElbApi(server.Url).CallAsync("Action=DescribeLoadBalancers", token);
            Assert.True(most - atRest < HeldBodies / 2, $"{most} MiB beside {atRest} at rest");

            // Each has its answer, though its body never ends.
            var buffer = new byte[12];
            foreach (var socket in sockets)
            {
                Assert.Equal(buffer.Length, await socket.ReceiveAsync(buffer, token));
                Assert.Equal("HTTP/1.1 403", Encoding.ASCII.GetString(buffer));
            }
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    public async Task What_is_refused_fills_no_log()
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = await CloudLbProcess.StartAsync(token);
        var before = server.Output.Length;
        var unsigned = Encoding.ASCII.GetBytes(
            "GET /?Action=DescribeLoadBalancers&Version=2012-06-01 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        var wronglyFramed = Encoding.Latin1.GetBytes(
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: " +
            "\u00c2\r\n\r\n");
        for (var number = 0; number < RefusedCalls; number++)
        {
            foreach (var request in new[] { unsigned, wronglyFramed })
            {
                using var socket = await ConnectAsync(server.Url, token);
                await socket.SendAsync(request, token);
                await UntilClosedAsync(socket, token);
            }
        }

        // A line for each would be some 100 characters.
        Assert.InRange(server.Output.Length - before, 0, RefusedCalls * 50);
    }

    private static async Task<bool> TryDescribeAsync(Uri url, CancellationToken cancellationToken)
    {
        try
        {
            return (await new ElbApi(url).SendAsync("Action=DescribeLoadBalancers&Version=2012-06-01", cancellationToken)).Status == 200;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<bool> IsAnsweredAsync(HttpClient http, Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(url, cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<Socket> ConnectAsync(Uri url, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(url.Host), url.Port), cancellationToken);
        }
        catch (SocketException reason) when (reason.SocketErrorCode == SocketError.ConnectionReset)
        {
            // It was open and one too many: cut before this side saw that it was open.
        }

        return socket;
    }

    private static async Task UntilClosedAsync(Socket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer, cancellationToken) > 0)
            {
                // The answer that it was too slow, if there is one.
            }
        }
        catch (SocketException)
        {
            // Cut.
        }
    }
}
