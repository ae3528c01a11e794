using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using CloudLb.Core.Traffic.Planning;
using static CloudLb.Tests.HAProxy.SecureRequests;

namespace CloudLb.Tests.HAProxy;

/// <summary>Certificates of listeners that are replaced, missing or too long.</summary>
public sealed class ListenerCertificateTests
{
    [Fact]
    public async Task A_certificate_is_replaced_under_load_without_a_failed_handshake_or_a_broken_connection()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var certificates = Enumerable.Range(0, 6)
            .Select(number => TestCertificate.SelfSigned($"web{number}", isEcdsa: number % 2 == 1))
            .ToList();
        var ids = certificates.Select(certificate => running.Certificates.Add(certificate)).ToList();
        var tls = Plans.Tls(ids[0]) with { Ciphers = ["ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256"] };
        var web = Plans.LoadBalancer("web", instance.Planned()).Secure(tls);
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        using var slowClient = Client(out _);
        var slow = slowClient.GetStringAsync(SecureUrl(web, "/slow"), TestContext.Current.CancellationToken);
        await Eventually.IsTrueAsync(() => instance.Requests > 0, "the slow request is under way");

        var failures = new ConcurrentBag<string>();
        var seen = new ConcurrentDictionary<string, int>();
        using var stopping = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 4).Select(_ => Task.Run(() => HandshakesAsync(web, seen, failures, stopping.Token))).ToList();
        for (var number = 0; number < ids.Count; number++)
        {
            web = web.Secure(tls with { CertificateId = ids[number] });
            await running.ApplyAsync(web);
            await Eventually.IsTrueAsync(() => seen.ContainsKey(certificates[number].Thumbprint), "the new certificate is shown");
        }

        await stopping.CancelAsync();
        await Task.WhenAll(clients);
        instance.Release();

        Assert.Empty(failures);
        Assert.Equal("begun ended", await slow);
        Assert.Equal(
            running.Certificates.ReadPem(ids[^1]),
            await File.ReadAllTextAsync(CertificateFile(running, web), TestContext.Current.CancellationToken));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(CertificateFile(running, web)));
        Assert.DoesNotContain(running.Log.Lines, line => line.Contains("PRIVATE KEY", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_certificate_too_long_for_a_command_comes_with_a_hand_over()
    {
        await using var running = await RunningDataPlane.StartAsync();
        var root = TestCertificate.SelfSigned("root");
        var leaf = root.Issue("web");
        var remarks = string.Concat(
            Enumerable.Repeat("What stands between certificates is passed over.\n", running.Capabilities.LongestPayload / 40));
        var web = Plans.LoadBalancer("web").Secure(Plans.Tls(running.Certificates.Add(root)));
        await running.ApplyAsync(web);

        await running.ApplyAsync(web.Secure(Plans.Tls(running.Certificates.Add(leaf, root.Pem, remarks))));

        Assert.Equal(2, running.Generation);
        await running.IsAloneAsync();
        Assert.Contains("CN = web", await OpenSslAsync(web, "-tls1_2"));
    }

    [Fact]
    public async Task A_certificate_longer_than_a_buffer_is_shown_before_the_hand_over_where_HAProxy_takes_it()
    {
        await using var running = await RunningDataPlane.StartAsync();
        Assert.SkipUnless(
            running.Capabilities.TakesLongPayloads, "This HAProxy takes no command that is longer than a buffer, as 3.4 does.");
        var root = TestCertificate.SelfSigned("root");
        var leaf = root.Issue("web");
        var web = Plans.LoadBalancer("web").Secure(Plans.Tls(running.Certificates.Add(root)));
        await running.ApplyAsync(web);

        await running.ApplyAsync(web.Secure(Plans.Tls(running.Certificates.Add(leaf, [.. Enumerable.Repeat(root.Pem, 40)]))));

        Assert.DoesNotContain(running.Log.Lines, line => line.Contains("too long for a command", StringComparison.Ordinal));
        await running.IsAloneAsync();
        Assert.Contains("CN = web", await OpenSslAsync(web, "-tls1_2"));
    }

    [Fact]
    public async Task Listeners_that_cannot_be_secured_are_told_one_by_one_and_the_others_serve()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var id = running.Certificates.Add(TestCertificate.SelfSigned());
        var web = Plans.LoadBalancer("web", instance.Planned());
        var all = web with
        {
            Listeners =
            [
                web.Listeners[0],
                Plans.Listener(8443) with { Tls = Plans.Tls("ASCAGONE") },
                Plans.Listener(8444) with { Tls = Plans.Tls(id) with { Ciphers = ["RC4-SHA", "KRB5-RC4-MD5"] } },
                Plans.Listener(8445) with { Tls = Plans.Tls(id) with { Versions = [TlsVersion.Ssl3] } },
                Plans.Listener(8446) with { Tls = Plans.Tls(id) with { Versions = [TlsVersion.Tls10, TlsVersion.Tls12] } },
            ],
        };

        await running.ApplyAsync(all);
        await running.IsPassingAsync(web, "i-1");

        Assert.Equal([8443, 8444, 8445, 8446], running.DataPlane.Faults.Select(fault => fault.Port));
        Assert.Equal(1, running.Generation);
        Assert.False(File.Exists(running.CellFile("refused.cfg")));
        using var client = new HttpClient();
        Assert.Equal("i-1", await GetAsync(client, web.Url()));
    }

    [Fact]
    public async Task A_certificate_that_is_gone_goes_on_being_shown_where_its_listener_cannot_be_changed()
    {
        await using var running = await RunningDataPlane.StartAsync();
        var id = running.Certificates.Add(TestCertificate.SelfSigned());
        var web = Plans.LoadBalancer("web").Secure(Plans.Tls(id));
        await running.ApplyAsync(web);
        var replaced = web.Secure(Plans.Tls(running.Certificates.Add(TestCertificate.SelfSigned("next"))));
        var unwritable = replaced with { Pools = [Plans.Pool() with { Probe = Plans.HttpProbe with { Path = "/\u0001" } }] };
        await running.ApplyAsync(unwritable);
        running.Certificates.Remove(id);

        await running.ApplyAsync(unwritable, Plans.LoadBalancer("other"));

        Assert.Equal((web.Id, (int?)null), running.DataPlane.Faults.Select(fault => (fault.LoadBalancer, fault.Port)).Single());
        Assert.Contains("CN = web.example.com", await OpenSslAsync(web, "-tls1_2"));
    }

    [Fact]
    public async Task Keys_go_from_the_disk_with_their_listener()
    {
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web").Secure(Plans.Tls(running.Certificates.Add(TestCertificate.SelfSigned())));
        await running.ApplyAsync(web, Plans.LoadBalancer("other"));
        Assert.True(File.Exists(CertificateFile(running, web)));

        await running.ApplyAsync(Plans.LoadBalancer("other"));

        Assert.False(File.Exists(CertificateFile(running, web)));
    }

    private static async Task HandshakesAsync(
        PlannedLoadBalancer web, ConcurrentDictionary<string, int> seen, ConcurrentBag<string> failures,
        CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var connection = new TcpClient();
                await connection.ConnectAsync(web.Address, Plans.Port, CancellationToken.None);
                await using var stream = new SslStream(connection.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);

                // A client that resumes a session sees the certificate that it began with.
                await stream.AuthenticateAsClientAsync(
                    new SslClientAuthenticationOptions { TargetHost = "web", AllowTlsResume = false }, CancellationToken.None);
                seen[stream.RemoteCertificate!.GetCertHashString()] = 1;
                await stream.WriteAsync("GET / HTTP/1.1\r\nHost: web\r\nConnection: close\r\n\r\n"u8.ToArray(), CancellationToken.None);
                using var reader = new StreamReader(stream);
                if (!(await reader.ReadToEndAsync(CancellationToken.None)).Contains("i-1", StringComparison.Ordinal))
                {
                    failures.Add("no answer");
                }
            }
            catch (Exception exception) when (exception is IOException
                or SocketException
                or System.Security.Authentication.AuthenticationException)
            {
                failures.Add(exception.Message);
            }
        }
    }

    private static string CertificateFile(RunningDataPlane running, PlannedLoadBalancer loadBalancer) =>
        running.CellFile(Path.Combine("certificates", $"123456789012:us-east-1:{loadBalancer.Id.Name}:{Plans.Port}.pem"));
}
