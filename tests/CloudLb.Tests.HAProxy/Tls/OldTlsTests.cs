using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>
/// Instances as old as AWS's default policy lets them be: for their traffic, their checks and the looks at their certificates.
/// </summary>
public sealed class OldTlsTests
{
    private const string All = "ALL:@SECLEVEL=0";

    /// <summary>What <c>openssl s_server</c> is told to speak.</summary>
    public static readonly TheoryData<string, string> Kinds = new()
    {
        { "-tls1", All },
        { "-tls1_1", All },
        { "-tls1", "ECDHE-RSA-AES128-SHA:@SECLEVEL=0" },
        { "-tls1_2", "CAMELLIA128-SHA:@SECLEVEL=0" },
        { "-tls1_3", All },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task They_are_served_over_HTTPS_and_checked(string version, string ciphers)
    {
        await using var instance = OldTlsInstance.Start(TestCertificate.SelfSigned(), version, "-cipher", ciphers);
        await using var running = await RunningDataPlane.StartAsync();
        running.Reconcile();
        var web = Plans.LoadBalancer("web", instance.Planned()).Checked(Plans.SecureProbe);
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        Assert.StartsWith("HTTP/1.0 200 ", await RawClient.GetAsync(web));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task They_are_served_over_SSL_and_checked_also_when_they_are_added_at_run_time(string version, string ciphers)
    {
        await using var instance = OldTlsInstance.Start(TestCertificate.SelfSigned(), version, "-cipher", ciphers);
        await using var running = await RunningDataPlane.StartAsync();
        running.Reconcile();
        var empty = Plans.LoadBalancer("web").AsTcp().Checked(Plans.SecureProbe with { Protocol = ProbeProtocol.Ssl, Path = "" })
            .Secure(Plans.Tls(running.Certificates.Add(TestCertificate.SelfSigned())));
        await running.ApplyAsync(empty);
        var web = empty.With(instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        Assert.Equal(1, running.Generation);

        Assert.StartsWith("HTTP/1.0 200 ", await AskOverTlsAsync(web));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_plain_listeners_instances_are_checked_over_TLS(string version, string ciphers)
    {
        await using var instance = OldTlsInstance.Start(TestCertificate.SelfSigned(), version, "-cipher", ciphers);
        await using var running = await RunningDataPlane.StartAsync();
        running.Reconcile();
        var web = Plans.LoadBalancer("web", instance.Planned(isSecure: false)).Checked(Plans.SecureProbe);

        await running.ApplyAsync(web);

        await running.IsPassingAsync(web, "i-1");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task They_can_show_an_accepted_key(string version, string ciphers)
    {
        var certificate = TestCertificate.SelfSigned();
        await using var instance = OldTlsInstance.Start(certificate, version, "-cipher", ciphers);
        await using var running = await RunningDataPlane.StartAsync();
        running.Reconcile();
        var web = Plans.LoadBalancer("web", instance.Planned()).Checked(Plans.SecureProbe).Accepting(certificate);
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        Assert.StartsWith("HTTP/1.0 200 ", await RawClient.GetAsync(web));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task None_is_offered_a_handshake_whose_group_it_would_choose(bool isAccepting)
    {
        using var listener = new TcpListener(Loopback.Next(), TestInstance.Port);
        listener.Start();
        await using var running = await RunningDataPlane.StartAsync();
        var member = new PlannedMember
        {
            Target = "i-1", Address = ((IPEndPoint)listener.LocalEndpoint).Address, Port = TestInstance.Port, IsSecure = true, Weight = 1,
        };
        var web = Plans.LoadBalancer("web", member).Checked(Plans.SecureProbe);
        running.Reconcile();
        await running.ApplyAsync(isAccepting ? web.Accepting(TestCertificate.SelfSigned()) : web);

        // CloudLb looks at a member itself, and HAProxy checks it.
        for (var handshake = 0; handshake < 3; handshake++)
        {
            var offered = await OfferedAsync(listener);

            Assert.Contains(TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, offered);
            Assert.DoesNotContain(offered, suite => suite.ToString().Contains("_DHE_"));
        }
    }

    /// <summary>
    /// The ciphers of the next client's first message, behind its head, version, random bytes and session (RFC 5246, 7.4.1.2).
    /// </summary>
    private static async Task<List<TlsCipherSuite>> OfferedAsync(TcpListener listener)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Eventually.Limit);
        using var client = await listener.AcceptTcpClientAsync(limit.Token);
        var head = new byte[5];
        await client.GetStream().ReadExactlyAsync(head, limit.Token);
        var message = new byte[BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(3))];
        await client.GetStream().ReadExactlyAsync(message, limit.Token);
        var ciphers = message.AsMemory(4 + 2 + 32 + 1 + message[4 + 2 + 32]);
        return [.. ciphers.Slice(2, BinaryPrimitives.ReadUInt16BigEndian(ciphers.Span)).ToArray().Chunk(2)
            .Select(suite => (TlsCipherSuite)BinaryPrimitives.ReadUInt16BigEndian(suite))];
    }

    private static async Task<string> AskOverTlsAsync(PlannedLoadBalancer loadBalancer)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Eventually.Limit);
        using var connection = new TcpClient();
        await connection.ConnectAsync(loadBalancer.Address, Plans.Port, limit.Token);
        await using var secure = new SslStream(connection.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "web" }, limit.Token);
        await secure.WriteAsync("GET / HTTP/1.0\r\n\r\n"u8.ToArray(), limit.Token);
        using var reader = new StreamReader(secure, Encoding.Latin1);
        return await reader.ReadToEndAsync(limit.Token);
    }
}
