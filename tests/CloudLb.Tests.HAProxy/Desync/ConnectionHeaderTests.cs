using System.Net.Security;
using System.Security.Authentication;
using System.Text;

namespace CloudLb.Tests.HAProxy.Desync;

/// <summary>What clients say of their own connection, and the protocols that they would change to.</summary>
public sealed class ConnectionHeaderTests
{
    private const string Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0";

    private const string Accepted = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

    [Theory]
    [InlineData("Connection: X-Forwarded-For")]
    [InlineData("Connection: close, X-Forwarded-For, X-Forwarded-Proto")]
    [InlineData("Connection: X-Forwarded-For\r\nConnection: X-Forwarded-Port")]
    [InlineData("CONNECTION: ,x-forwarded-for,")]
    public async Task A_client_cannot_have_the_instance_take_a_header_away(string connection)
    {
        await using var instance = RecordingInstance.Start();
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        using var client = await RawClient.ConnectAsync(web);
        await client.SendAsync($"GET /a HTTP/1.1\r\nHost: x\r\n{connection}\r\n\r\n");

        Assert.Equal(200, (await client.AnswerAsync())?.Status);
        var head = Assert.Single(instance.Requests).Head;
        Assert.DoesNotContain("\r\nconnection:", head, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\r\nx-forwarded-for: 127.", head, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA")]
    [InlineData("Connection: Upgrade\r\nUpgrade: h2c, websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")]
    [InlineData("Connection: Upgrade\r\nUpgrade: websocket\r\nUpgrade: h2c\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")]
    [InlineData("Connection: Upgrade\r\nUpgrade: TLS/1.0")]
    public async Task No_protocol_but_WebSocket_goes_past_the_load_balancer(string headers)
    {
        await using var instance = RecordingInstance.Start();
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        using var client = await RawClient.ConnectAsync(web);
        await client.SendAsync($"GET /a HTTP/1.1\r\nHost: x\r\n{headers}\r\n\r\n");

        Assert.Equal(200, (await client.AnswerAsync())?.Status);
        Assert.True(await client.IsKeptAsync());

        // Of a list 3.0 by itself leaves WebSocket alone.
        Assert.All(instance.Requests, request => Assert.DoesNotMatch("(?i)\r\nupgrade: (?!websocket\r\n)", request.Head));
    }

    [Fact]
    public async Task WebSocket_does_whatever_else_the_client_says_of_its_connection()
    {
        await using var instance = RecordingInstance.Start(readsBodies: false, head => head.StartsWith("GET /a ", StringComparison.Ordinal)
            ? Accepted
            : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        using var client = await RawClient.ConnectAsync(web);
        await client.SendAsync("GET /a HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, X-Forwarded-For, Upgrade\r\nUpgrade: WebSocket\r\n" +
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

        Assert.Equal(101, (await client.AnswerAsync())?.Status);
        Assert.Contains("\r\nconnection: upgrade\r\n", Assert.Single(instance.Requests).Head, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HTTP_2_with_prior_knowledge_is_refused(bool isSecure)
    {
        await using var instance = RecordingInstance.Start();
        await using var running = await RunningDataPlane.StartAsync();
        var certificate = running.Certificates.Add(TestCertificate.SelfSigned());
        var web = Plans.LoadBalancer("web", instance.Planned());
        web = isSecure ? web.Secure(Plans.Tls(certificate)) : web;
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        using var tcp = new System.Net.Sockets.TcpClient();
        await tcp.ConnectAsync(web.Address, Plans.Port, TestContext.Current.CancellationToken);
        await using Stream stream = isSecure ? await SecureAsync(tcp.GetStream()) : tcp.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(Preface), TestContext.Current.CancellationToken);
        var head = await new RawInput(stream).HeadAsync(TestContext.Current.CancellationToken)
            .WaitAsync(Eventually.Limit, TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 400 ", head, StringComparison.Ordinal);
        Assert.Empty(instance.Requests);
    }

    [Fact]
    public async Task An_answer_with_NUL_in_a_header_is_not_passed_on()
    {
        await using var instance = RecordingInstance.Start(answer: head => head.StartsWith("GET /bad ", StringComparison.Ordinal)
            ? "HTTP/1.1 200 OK\r\nX-Bad: a\0b\r\nContent-Length: 0\r\n\r\n"
            : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        using var client = await RawClient.ConnectAsync(web);
        await client.SendAsync("GET /bad HTTP/1.1\r\nHost: x\r\n\r\n");

        Assert.Equal(502, (await client.AnswerAsync())?.Status);
    }

    private static async Task<SslStream> SecureAsync(Stream stream)
    {
        // Its certificate is not what is tested.
        var secure = new SslStream(stream, false, (_, _, _, _) => true);
        await secure.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "x",
                EnabledSslProtocols = SslProtocols.Tls12,
                ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
            },
            TestContext.Current.CancellationToken);
        return secure;
    }
}
