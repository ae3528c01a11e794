using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CloudLb.Core;
using CloudLb.Core.AccessLogs;
using CloudLb.Core.Traffic.Planning;
using static CloudLb.Tests.HAProxy.LoggedRequests;

namespace CloudLb.Tests.HAProxy;

/// <summary>What is logged of the connections by which requests come.</summary>
public sealed class ConnectionLogTests
{
    private const string Chunks = "HTTP/1.1\r\nHost: web\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_is_told_once_with_the_id_of_its_requests(bool isFirstChunked)
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ServeAsync(running, Web(instance));
        using (var kept = await KeptConnection.OpenAsync(web))
        {
            Assert.Equal(200, (await kept.AskAsync(isFirstChunked ? $"POST /1 {Chunks}" : "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n"))?.Status);
            Assert.Equal(200, (await kept.GetAsync("/2"))?.Status);
            Assert.Equal(200, (await kept.AskAsync($"POST /3 {Chunks}"))?.Status);
        }

        await RawClient.GetAsync(web);

        // The line of a request that the process passes on to itself is one of the connection alone.
        var log = Log(running);
        var entries = await log.ReadAsync(isFirstChunked ? 5 : 4);
        var requests = entries.Where(entry => !entry.IsOfConnectionAlone).OrderBy(entry => entry.LoggedAt).ToList();
        var connections = entries.Where(entry => entry.Connection is not null).OrderBy(entry => entry.LoggedAt).ToList();
        Assert.Equal(["/1", "/2", "/3", "/"], requests.Select(entry => entry.Request!.Target));
        var ids = requests.Select(entry => entry.Decision!.ConnectionId).ToList();
        Assert.Equal([ids[0], ids[3]], connections.Select(entry => entry.Connection!.Id));
        Assert.Equal([ids[0], ids[0]], ids[1..3]);
        Assert.NotEqual(ids[0], ids[3]);
        Assert.All(connections, entry =>
        {
            Assert.True(entry.Connection is { IsSecure: false, Failure: null, Handshake: null, TlsVersion: null });
            Assert.InRange(entry.Connection.At, entry.LoggedAt - TimeSpan.FromMinutes(5), entry.LoggedAt);
        });
    }

    [Fact]
    public async Task A_secure_connection_tells_of_its_handshake_and_its_requests_of_the_certificate_that_was_shown()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var (usual, named) = (TestCertificate.SelfSigned("usual.test"), TestCertificate.SelfSigned("named.test"));
        var web = await ServeAsync(running, Secure(Web(instance), running, usual, named));

        foreach (var name in (string[])["usual.test", "named.test"])
        {
            await using var secure = await HandshakeAsync(web, name, SslProtocols.Tls13);
            var answer = await SendAsync(secure, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            Assert.Contains(" 200 ", answer, StringComparison.Ordinal);
        }

        var entries = (await Log(running).ReadAsync(2)).OrderBy(entry => entry.LoggedAt).ToList();
        Assert.Equal(["usual.test", "named.test"], entries.Select(entry => entry.Decision!.ServerName));
        Assert.Equal(
            [usual.Thumbprint, named.Thumbprint], entries.Select(entry => entry.Decision!.Certificate));
        Assert.All(entries, entry => Assert.True(
            entry.Connection is { IsSecure: true, Failure: null, Handshake: not null, TlsVersion: "TLSv1.3", Cipher: not null },
            $"{entry}"));
    }

    [Fact]
    public async Task Connections_that_never_come_to_a_request_are_told_and_are_no_requests()
    {
        await using var running = await RunningDataPlane.StartAsync();
        var web = Secure(Web(), running, TestCertificate.SelfSigned("a.test")) with { IsLogged = true };
        await running.ApplyAsync(web);
        Assert.Empty(running.DataPlane.Faults);
        var log = Log(running);

        using (var client = new TcpClient())
        {
            await client.ConnectAsync(web.Address, Plans.Port, Token);
        }

        var opened = Assert.Single(await log.ReadAsync(1));
        Assert.True(opened is { IsOfConnectionAlone: true, Connection: { IsSecure: true, Failure: not null, Cipher: null } }, $"{opened}");

        await SendAsync(web.Address, Plans.Port, "no TLS at all\r\n\r\n");
        var broken = (await log.ReadAsync(2))[1];
        Assert.True(broken is { IsOfConnectionAlone: false, Status: null, Connection: { Failure: not null, Cipher: null } }, $"{broken}");

        await (await HandshakeAsync(web, "a.test", SslProtocols.Tls12)).DisposeAsync();
        var idle = (await log.ReadAsync(3))[2];
        Assert.True(
            idle is { IsOfConnectionAlone: true, Connection: { Failure: null, Handshake: not null, TlsVersion: "TLSv1.2" } }, $"{idle}");
    }

    [Fact]
    public async Task A_refused_first_request_tells_of_its_connection_too_and_a_second_one_does_not()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = await ServeAsync(running, Web(instance));
        var log = Log(running);

        await SendAsync(web.Address, Plans.Port, "GARBAGE\r\n\r\n");
        await SendAsync(web.Address, Plans.Port, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 18446744073709551616\r\n\r\n");
        await SendAsync(web.Address, Plans.Port, "GET / HTTP/1.1\r\nHost: a\r\n\r\nGARBAGE\r\n\r\n");

        var entries = await log.ReadAsync(4);
        Assert.Equal(3, entries.Count(entry => entry.Connection is not null));
        Assert.All(entries, entry => Assert.False(entry.IsOfConnectionAlone));
        Assert.Equal([200, 400, 400, 400], entries.Select(entry => entry.Status ?? 0).Order());
        Assert.Contains(entries, entry => entry.Decision?.Class == new AccessLogClass("Severe", "BadContentLength"));
    }

    [Fact]
    public async Task Where_connections_alone_are_logged_a_connection_has_one_line_and_a_hand_over_loses_none()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Web(instance);
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        var log = Log(running);
        using var kept = await KeptConnection.OpenAsync(web);
        Assert.Equal(200, (await kept.GetAsync("/1"))?.Status);
        Assert.Equal(200, (await kept.GetAsync("/2"))?.Status);

        await running.ApplyAsync(web with { Listeners = [web.Listeners[0] with { IdleTimeout = TimeSpan.FromSeconds(50) }] });
        Assert.Equal(200, (await kept.GetAsync("/3"))?.Status);
        using var other = await KeptConnection.OpenAsync(web);
        Assert.Equal(200, (await other.GetAsync("/4"))?.Status);
        Assert.Equal(200, (await other.GetAsync("/5"))?.Status);

        var entries = await log.ReadAsync(2);
        Assert.All(entries, entry => Assert.NotNull(entry.Connection?.Id));
        Assert.Equal(2, entries.Select(entry => entry.Client).Distinct().Count());
    }

    [Fact]
    public async Task A_request_that_is_passed_on_after_a_hand_over_has_the_id_of_its_connection()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var named = TestCertificate.SelfSigned("named.test");
        var web = await ServeAsync(running, Secure(Web(instance), running, TestCertificate.SelfSigned("usual.test"), named));
        var log = Log(running);
        await using var secure = await HandshakeAsync(web, "named.test", SslProtocols.Tls12);
        await secure.WriteAsync("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray(), Token);
        Assert.NotEqual(0, await secure.ReadAsync(new byte[1024], Token));
        await log.ReadAsync(1);
        await running.ApplyAsync(web with { Listeners = [web.Listeners[0] with { IdleTimeout = TimeSpan.FromSeconds(50) }] });

        var answer = await SendAsync(secure, "GET /2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        Assert.Contains(" 200 ", answer, StringComparison.Ordinal);

        var entries = await log.ReadAsync(2);
        Assert.Equal((true, false), (entries[0].Connection is not null, entries[1].Connection is not null));
        Assert.All(entries, entry => Assert.Equal(
            (entries[0].Connection!.Id, "named.test", named.Thumbprint),
            (entry.Decision!.ConnectionId, entry.Decision.ServerName, entry.Decision.Certificate)));
        Assert.Equal("/2", entries[1].Request!.Target);
    }

    [Fact]
    public async Task A_client_certificate_is_told_with_its_connection_and_why_it_was_refused()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var (authority, other) = (TestAuthority.Of("authority"), TestAuthority.Of("other"));
        var web = await ServeAsync(running, Web(instance).Secure(Plans.Tls(running.Certificates.Add(TestCertificate.SelfSigned())) with
        {
            ClientAuthentication = new(running.Trust.Add(authority.Pem), false, false),
        }));
        Assert.Empty(running.DataPlane.Faults);
        var good = authority.Issue("CN=good, O=\"a | b\"");

        Assert.NotNull(await AskAsync(good));
        Assert.Null(await AskAsync(authority.Issue("CN=late", -20, -10)));
        Assert.Null(await AskAsync(other.Issue("CN=other")));
        Assert.Null(await AskAsync(null));

        var entries = (await Log(running).ReadAsync(4)).OrderBy(entry => entry.LoggedAt).Select(entry => entry.Connection!).ToList();
        Assert.Equal(
            [null, "ClientCertExpired", "ClientCertUntrusted", "UnmappedConnectionError"], entries.Select(entry => entry.Failure));
        Assert.Equal(
            ["CN=good,O=a | b", "CN=late", "CN=other", null], entries.Select(entry => entry.ClientCertificate?.Subject));
        Assert.Equal(good.SerialNumber.TrimStart('0'), entries[0].ClientCertificate!.Serial.TrimStart('0'));
        Assert.Equal(
            (good.NotBefore.ToUniversalTime(), good.NotAfter.ToUniversalTime()),
            (entries[0].ClientCertificate!.NotBefore!.Value.UtcDateTime, entries[0].ClientCertificate!.NotAfter!.Value.UtcDateTime));

        Task<string?> AskAsync(X509Certificate2? certificate) =>
            ClientCertificates.AskAsync(web, certificate, version: SslProtocols.Tls12);
    }

    private static PlannedLoadBalancer Web(params TestInstance[] instances) =>
        ApplicationPlans.LoadBalancer("web", [.. instances.Select(instance => instance.Planned())]) with { AreConnectionsLogged = true };

    private static PlannedLoadBalancer Secure(
        PlannedLoadBalancer web, RunningDataPlane running, TestCertificate usual, params TestCertificate[] named) =>
        web.Secure(Plans.Tls(running.Certificates.Add(usual)) with
        {
            NamedCertificateIds = named.Select(each => running.Certificates.Add(each)).ToEquatableArray(),
            Versions = [TlsVersion.Tls12, TlsVersion.Tls13],
        });

    private static async Task<SslStream> HandshakeAsync(PlannedLoadBalancer web, string name, SslProtocols version)
    {
        var client = new TcpClient();
        await client.ConnectAsync(web.Address, Plans.Port, Token);
        var secure = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
        await secure.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = name, EnabledSslProtocols = version }, Token);
        return secure;
    }
}
