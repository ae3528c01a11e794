using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using static CloudLb.Tests.HAProxy.Http2Plans;

namespace CloudLb.Tests.HAProxy;

/// <summary>HTTP/2 with clients and members, gRPC, and what members are told of a client's TLS.</summary>
public sealed class Http2Tests
{
    [Theory]
    [InlineData(DesyncMitigation.Defensive)]
    [InlineData(DesyncMitigation.Monitor)]
    [InlineData(DesyncMitigation.Strictest)]
    public async Task A_client_that_agrees_on_HTTP_2_is_served_by_the_same_rules(DesyncMitigation mitigation)
    {
        await using var instance = RawInstance.Start("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nend");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Secure(running, "web", instance.Planned()) is var made
            ? made with { Listeners = [WithRule(made.Listeners[0].With(mitigation))] }
            : throw new InvalidOperationException();
        await running.ApplyAsync(web);
        Assert.Empty(running.DataPlane.Faults);
        await running.IsPassingAsync(web, "i-1");
        using var client = Client();

        Assert.Equal((2, 200, "end"), await AskAsync(client, web, "/", "X-Forwarded-Proto: http", "X-Amzn-Tls-Version: forged"));
        Assert.Equal((2, 201, "rule"), await AskAsync(client, web, "/rule/a"));
        Assert.Equal((1, 201, "rule"), await AskWith1Async(client, web, "/rule/a"));
        using var answer = await PostAsync(client, web, "text/plain");
        Assert.Equal(200, (int)answer.StatusCode);

        var head = instance.Heads.Single(head => head.Contains("forged", StringComparison.Ordinal));
        Assert.Contains("\r\nX-Forwarded-Proto: https\r\n", head);
        Assert.Contains($"\r\nX-Forwarded-Port: {Plans.Port}\r\n", head);
        Assert.Matches("(?i)\r\nHost: 127", head);
        Assert.StartsWith("HTTP/1.1 400", await WithPriorKnowledgeAsync(web));
    }

    [Fact]
    public async Task Members_are_told_of_TLS_whatever_the_client_wrote()
    {
        await using var instance = RawInstance.Start("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nend");
        await using var running = await RunningDataPlane.StartAsync();
        EquatableArray<PlannedClientFact> facts =
            [new(ClientFact.TlsVersion, "X-Amzn-Tls-Version"), new(ClientFact.CipherSuite, "X-My-Cipher")];
        var web = Secure(running, "web", instance.Planned());
        web = web with
        {
            Listeners =
            [
                With(web.Listeners[0]),
                With(Plans.Listener(Plans.Port + 1)),
            ],
        };
        await running.ApplyAsync(web);
        Assert.Empty(running.DataPlane.Faults);
        await running.IsPassingAsync(web, "i-1");
        using var client = Client();

        await AskAsync(client, web, "/", "X-Amzn-Tls-Version: forged", "X-My-Cipher: forged");
        var secure = instance.Heads.Last();
        using var plain = new HttpRequestMessage(HttpMethod.Get, $"http://{web.Address}:{Plans.Port + 1}/");
        plain.Headers.Add("X-My-Cipher", "forged");
        await client.SendAsync(plain, TestContext.Current.CancellationToken);

        Assert.Contains("\r\nX-Amzn-Tls-Version: TLSv1.3\r\n", secure);
        Assert.Contains("\r\nx-my-cipher: TLS_AES_256_GCM_SHA384\r\n", secure, StringComparison.OrdinalIgnoreCase);
        Assert.All(instance.Heads, head => Assert.DoesNotContain("forged", head, StringComparison.Ordinal));

        PlannedListener With(PlannedListener listener) =>
            listener with { Http = listener.Http! with { IsTraced = true, ClientFacts = facts } };
    }

    [Theory]
    [InlineData("/rule/a", 201)]
    [InlineData("/", 503)]
    public async Task Answers_of_its_own_reach_clients_whose_bodies_are_on_their_way(string path, int status)
    {
        await using var running = await RunningDataPlane.StartAsync();
        var web = Secure(running, "web");
        web = web with { Listeners = [WithRule(web.Listeners[0])] };
        await running.ApplyAsync(web);
        Assert.Empty(running.DataPlane.Faults);
        using var client = Client();
        using var posted = new HttpRequestMessage(HttpMethod.Post, new Uri(SecureRequests.SecureUrl(web), path))
        {
            Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new LateContent(50_000),
        };

        using var answer = await client.SendAsync(posted, TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Members_are_checked_and_asked_over_HTTP_2_and_other_clients_are_told_464()
    {
        await using var running = await RunningDataPlane.StartAsync();
        var target = Target(running, "target", "");
        var web = Before(running, "web", target, MemberProtocol.Http2, Plans.SecureProbe with { IsHttp2 = true });
        await running.ApplyAsync(target, web);
        Assert.Empty(running.DataPlane.Faults);
        await running.IsPassingAsync(web, "i-1");
        using var client = Client();

        Assert.Equal((2, 200, "target"), await AskAsync(client, web, "/"));
        Assert.Equal((1, 464, ""), await AskWith1Async(client, web, "/"));

        // A client's connection outlives hand-overs or is told to make another one; no request is lost either way.
        for (var port = 8090; port < 8093; port++)
        {
            await running.ApplyAsync(target, web with { Listeners = [web.Listeners[0], Plans.Listener(port)] });
            Assert.Equal((2, 200, "target"), await AskAsync(client, web, "/"));
            Assert.Equal((1, 464, ""), await AskWith1Async(client, web, "/"));
        }
    }

    [Fact]
    public async Task A_call_of_gRPC_whose_message_comes_after_its_head_is_told_464_too()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Secure(running, "web");
        web = web with { Pools = [web.Pools[0] with { Probe = Plans.FastProbe, Members = [instance.Planned()] }] };
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        using var client = Client();
        using var call = new HttpRequestMessage(HttpMethod.Post, SecureRequests.SecureUrl(web))
        {
            Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new LateContent(50_000),
        };
        call.Content.Headers.ContentType = new("application/grpc");

        using var answer = await client.SendAsync(call, TestContext.Current.CancellationToken);

        Assert.Equal(464, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Calls_of_gRPC_to_members_that_speak_HTTP_1_are_told_464_and_nothing_else_is()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Secure(running, "web");
        web = web with { Pools = [web.Pools[0] with { Probe = Plans.FastProbe, Members = [instance.Planned()] }] };
        await running.ApplyAsync(web);
        Assert.Empty(running.DataPlane.Faults);
        await running.IsPassingAsync(web, "i-1");
        await using var kept = await RawHttp2.OpenAsync(web);

        await AskAsync(0, "application/grpc", (1, 0));
        await AskAsync(1, "application/grpc+proto", (2, 0));
        await AskAsync(2, "Application/GRPC; a=b", (3, 0));
        await AskAsync(3, "application/grpc-web", (3, 1));
        await AskAsync(4, "application/octet-stream", (3, 2));
        using (var client = Client())
        {
            using var call = new HttpRequestMessage(HttpMethod.Post, SecureRequests.SecureUrl(web)) { Content = new ByteArrayContent([1]) };
            call.Content.Headers.ContentType = new("application/grpc");
            Assert.Equal(200, (int)(await client.SendAsync(call, TestContext.Current.CancellationToken)).StatusCode);
        }

        // What a process passes on is told apart by what its client spoke there.
        await running.ApplyAsync(web with { Listeners = [web.Listeners[0], Plans.Listener(8090)] });
        await AskAsync(5, "application/grpc", (4, 2));

        async Task AskAsync(int number, string type, (int, int) expected)
        {
            await kept.SendAsync(RawHttp2.Post(number, "/", type));
            await Eventually.IsTrueAsync(() => kept.Mismatched + kept.Served == number + 1, "an answer");
            Assert.Equal(expected, (kept.Mismatched, kept.Served));
        }
    }

    [Theory]
    [InlineData("12", true)]
    [InlineData("13", false)]
    public async Task A_member_with_gRPC_is_checked_by_its_status_and_asked_by_POST_alone(string status, bool passes)
    {
        await using var running = await RunningDataPlane.StartAsync();
        var target = Target(running, "target", status);
        var probe = Plans.SecureProbe with { IsHttp2 = true, GrpcStatuses = [0, 12], Path = "/AWS.ALB/healthcheck" };
        var web = Before(running, "web", target, MemberProtocol.Grpc, probe);
        await running.ApplyAsync(target, web);
        Assert.Empty(running.DataPlane.Faults);
        using var client = Client();
        if (!passes)
        {
            await Eventually.IsTrueAsync(
                () => running.Health(web, "i-1") == CloudLb.Core.Traffic.Health.ObservedHealth.Failed, "out of service");
            return;
        }

        await running.IsPassingAsync(web, "i-1");
        using var answer = await PostAsync(client, web, "application/grpc");
        Assert.Equal((200, "12"), ((int)answer.StatusCode, answer.Headers.GetValues("grpc-status").Single()));
        Assert.Equal((2, 464, ""), await AskAsync(client, web, "/"));
    }

    /// <summary>
    /// Posts five bytes to somebody who answers without them. HAProxy then cancels what it has not taken yet (2.6.12), which the client
    /// takes for an error if it comes early enough: it asks again.
    /// </summary>
    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, PlannedLoadBalancer web, string type)
    {
        const int Times = 50;
        for (var time = 1; ; time++)
        {
            using var call = new HttpRequestMessage(HttpMethod.Post, SecureRequests.SecureUrl(web))
            {
                Version = HttpVersion.Version20,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                Content = new ByteArrayContent([0, 0, 0, 0, 0]),
            };
            call.Content.Headers.ContentType = new(type);
            try
            {
                return await client.SendAsync(call, TestContext.Current.CancellationToken);
            }
            catch (HttpRequestException exception) when (time < Times && exception.InnerException is HttpProtocolException { ErrorCode: 8 })
            {
                // Cancelled.
            }
        }
    }

    /// <summary>A load balancer whose listener answers by itself, as a target that speaks HTTP/2 over TLS.</summary>
    private static PlannedLoadBalancer Target(RunningDataPlane running, string name, string grpcStatus)
    {
        var target = Secure(running, name);
        var http = target.Listeners[0].Http!;
        return target with
        {
            Listeners =
            [
                target.Listeners[0] with
                {
                    DefaultAction = new PlannedAction.FixedResponse(200, "text/plain", "target"),
                    Http = http with { ResponseHeaders = grpcStatus.Length > 0 ? [new("grpc-status", grpcStatus)] : [] },
                },
            ],
        };
    }

    private static PlannedLoadBalancer Before(
        RunningDataPlane running, string name, PlannedLoadBalancer target, MemberProtocol protocol, PlannedProbe probe)
    {
        var web = Secure(
            running, name,
            new PlannedMember { Target = "i-1", Address = target.Address, Port = Plans.Port, IsSecure = true, Weight = 1 });
        return web with
        {
            Pools =
            [
                web.Pools[0] with
                {
                    MemberPort = Plans.Port, MemberProtocol = protocol, IsHttp2Secure = true, Probe = probe with { Port = Plans.Port },
                },
            ],
        };
    }

    private static PlannedListener WithRule(PlannedListener listener) => listener with
    {
        Rules = [new(1, [new PlannedCondition.Path([new("/rule/*")])], new PlannedAction.FixedResponse(201, "text/plain", "rule"))],
    };

    /// <summary>The answer to a client that begins with HTTP/2 without having agreed on it.</summary>
    private static async Task<string> WithPriorKnowledgeAsync(PlannedLoadBalancer web)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(web.Address, Plans.Port, TestContext.Current.CancellationToken);
        await using var stream = new SslStream(connection.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "web" }, TestContext.Current.CancellationToken);
        await stream.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        var buffer = new byte[4096];
        var count = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken);
        return Encoding.ASCII.GetString(buffer, 0, count);
    }
}
