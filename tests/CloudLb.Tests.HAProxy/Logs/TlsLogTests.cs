using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using CloudLb.Core.Traffic.Planning;
using static CloudLb.Tests.HAProxy.LoggedRequests;

namespace CloudLb.Tests.HAProxy;

/// <summary>What is logged of a network load balancer: connections of its TLS listeners.</summary>
public sealed class TlsLogTests
{
    private const int PlainPort = Plans.Port + 1;
    private const string Request = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    private const int UnknownAuthority = 48;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Connections_by_TLS_are_logged_with_what_was_agreed_on_and_others_are_not()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var (usual, named) = (TestCertificate.SelfSigned("usual.test"), TestCertificate.SelfSigned("named.test"));
        var mail = await ServeAsync(running, Mail(running, usual, named, instance.Planned()));
        Assert.Empty(running.DataPlane.Faults);
        var log = Log(running);

        Assert.Contains(" 200 ", await SendAsync(mail.Address, PlainPort, Request), StringComparison.Ordinal);
        await using (var secure = await HandshakeAsync(mail, "named.test"))
        {
            Assert.Contains(" 200 ", await SendAsync(secure, Request), StringComparison.Ordinal);
        }

        var entry = Assert.Single(await log.ReadAsync(1));
        Assert.Equal(
            (mail.Id, Plans.Port, false, (long)Request.Length, "TLSv1.2"),
            (entry.LoadBalancer, entry.Port, entry.IsHttp, entry.ReceivedBytes, entry.TlsVersion));
        Assert.Equal(
            ("named.test", named.Thumbprint, "http/1.1", $"{mail.Address}:{Plans.Port}", null),
            (entry.Tls!.ServerName, entry.Tls.Certificate, entry.Tls.Alpn, entry.Tls.Destination.ToString(), entry.Tls.Alert));
        Assert.True(entry.Tls.Handshake <= entry.Tls.Duration, $"{entry.Tls}");
    }

    [Fact]
    public async Task A_handshake_that_fails_is_logged_with_the_clients_alert()
    {
        await using var running = await RunningDataPlane.StartAsync();
        var mail = Mail(running, TestCertificate.SelfSigned("usual.test"), TestCertificate.SelfSigned("named.test")) with
        {
            IsLogged = true,
        };
        await running.ApplyAsync(mail);
        Assert.Empty(running.DataPlane.Faults);
        var log = Log(running);

        await RefuseAsync(mail, "usual.test");

        var refused = Assert.Single(await log.ReadAsync(1));
        Assert.True(refused is { Cipher: null, TlsVersion: null, Tls: { Handshake: null, Alert: UnknownAuthority } }, $"{refused}");
        Assert.Equal("usual.test", refused.Tls!.ServerName);

        await SendAsync(mail.Address, Plans.Port, "no TLS at all\r\n\r\n");
        var broken = (await log.ReadAsync(2))[1];
        Assert.True(broken is { Cipher: null, Tls: { Handshake: null, Alert: null, ServerName: null } }, $"{broken}");
    }

    private static PlannedLoadBalancer Mail(
        RunningDataPlane running, TestCertificate usual, TestCertificate named, params PlannedMember[] members)
    {
        var mail = Plans.LoadBalancer("mail", members).AsTcp();
        var tls = Plans.Tls(running.Certificates.Add(usual)) with
        {
            NamedCertificateIds = [running.Certificates.Add(named)], Alpn = ["http/1.1"],
        };
        return mail with
        {
            Id = mail.Id with { Kind = "nlb" },
            Answers = ApplicationPlans.Answers,
            Listeners = [mail.Listeners[0] with { Tls = tls }, mail.Listeners[0] with { Port = PlainPort }],
        };
    }

    private static async Task<SslStream> HandshakeAsync(PlannedLoadBalancer mail, string name)
    {
        var client = new TcpClient();
        await client.ConnectAsync(mail.Address, Plans.Port, Token);
        var secure = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
        await secure.AuthenticateAsClientAsync(Options(name), Token);
        return secure;
    }

    /// <summary>Ends the handshake by an alert, as the certificate is nobody's whom the client knows.</summary>
    private static async Task RefuseAsync(PlannedLoadBalancer mail, string name)
    {
        string[] arguments =
            ["s_client", "-connect", $"{mail.Address}:{Plans.Port}", "-servername", name, "-tls1_2", "-verify_return_error"];
        using var process = Process.Start(new ProcessStartInfo("openssl", arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(Token);
        await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        Assert.Contains("verify error", await errors, StringComparison.Ordinal);
    }

    private static SslClientAuthenticationOptions Options(string name) => new()
    {
        TargetHost = name, EnabledSslProtocols = SslProtocols.Tls12, ApplicationProtocols = [SslApplicationProtocol.Http11],
    };
}
