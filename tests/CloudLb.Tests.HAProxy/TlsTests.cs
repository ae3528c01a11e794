using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

public sealed class TlsTests
{
    [Fact]
    public async Task An_HTTPS_listener_ends_TLS_and_says_so_to_a_plain_instance()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var certificate = TestCertificate.SelfSigned();
        var web = Plans.LoadBalancer("web", instance.Planned()).Secure(Plans.Tls(running.Certificates.Add(certificate)));

        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        using var client = Client(out var seen);
        Assert.Contains("X-Forwarded-Proto: https", await GetAsync(client, SecureUrl(web, "/headers")), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(certificate.Thumbprint, Assert.Single(seen.Keys));
        Assert.Empty(running.DataPlane.Faults);
    }

    [Theory]
    [InlineData(ProbeProtocol.Https, TestInstance.Port)]
    [InlineData(ProbeProtocol.Http, TestInstance.PlainPort)]
    public async Task Instances_are_spoken_to_over_TLS_and_checked_as_the_probe_says(ProbeProtocol protocol, int probePort)
    {
        await using var first = await TestInstance.StartSecureAsync("i-1");
        await using var second = await TestInstance.StartSecureAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var tls = Plans.Tls(running.Certificates.Add(TestCertificate.SelfSigned(isEcdsa: true))) with { Ciphers = ["ECDHE-ECDSA-AES128-GCM-SHA256"] };
        var web = Plans.LoadBalancer("web", first.Planned()).Checked(Plans.SecureProbe with { Protocol = protocol, Port = probePort }).Secure(tls);
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        // One that was in the file, one that was added at run time, and both after a hand-over.
        web = web.With(first.Planned(), second.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1", "i-2");
        Assert.Equal(1, running.Generation);
        await BothAnswerAsync(web);
        await running.ApplyAsync(web with { Listeners = [.. web.Listeners, Plans.Listener(8090)] });
        await running.IsPassingAsync(web, "i-1", "i-2");
        Assert.Equal(2, running.Generation);
        await BothAnswerAsync(web);

        // HAProxy 3.4 would tell each request's host.
        Assert.All(first.NamesAskedFor.Concat(second.NamesAskedFor), name => Assert.Equal("", name));
    }

    [Fact]
    public async Task An_SSL_listener_carries_bytes_to_a_plain_instance()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned()).AsTcp().Secure(Plans.Tls(running.Certificates.Add(TestCertificate.SelfSigned())));

        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        using var client = Client(out _);
        Assert.DoesNotContain("X-Forwarded", await GetAsync(client, SecureUrl(web, "/headers")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_certificate_is_replaced_under_load_without_a_failed_handshake_or_a_broken_connection()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var certificates = Enumerable.Range(0, 6).Select(number => TestCertificate.SelfSigned($"web{number}", isEcdsa: number % 2 == 1)).ToList();
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
        Assert.Equal(running.Certificates.ReadPem(ids[^1]), await File.ReadAllTextAsync(CertificateFile(running, web), TestContext.Current.CancellationToken));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(CertificateFile(running, web)));
        Assert.DoesNotContain(running.Log.Lines, line => line.Contains("PRIVATE KEY", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_certificate_too_long_for_a_command_comes_with_a_hand_over()
    {
        await using var running = await RunningDataPlane.StartAsync();
        var root = TestCertificate.SelfSigned("root");
        var leaf = root.Issue("web");
        var remarks = string.Concat(Enumerable.Repeat("What stands between certificates is passed over.\n", running.Capabilities.LongestPayload / 40));
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
        Assert.SkipUnless(running.Capabilities.TakesLongPayloads, "This HAProxy takes no command that is longer than a buffer, as 3.4 does.");
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

    [Theory]
    [InlineData("Tls10,Tls11,Tls12", "-tls1", true)]
    [InlineData("Tls10,Tls11,Tls12", "-tls1_1", true)]
    [InlineData("Tls10,Tls11,Tls12", "-tls1_2", true)]
    [InlineData("Tls10,Tls11,Tls12", "-tls1_3", false)]
    [InlineData("Tls12", "-tls1_1", false)]
    [InlineData("Tls12", "-tls1_2", true)]
    [InlineData("Ssl3,Tls10", "-tls1", true)]
    [InlineData("Ssl3,Tls10", "-tls1_1", false)]
    [InlineData("Tls12,Tls13", "-tls1_3", true)]
    public async Task The_versions_offered_are_those_of_the_plan(string versions, string option, bool isAccepted)
    {
        await using var running = await RunningDataPlane.StartAsync();
        var tls = Plans.Tls(running.Certificates.Add(TestCertificate.SelfSigned())) with { Versions = [.. versions.Split(',').Select(Enum.Parse<TlsVersion>)] };
        var web = Plans.LoadBalancer("web").Secure(tls);
        await running.ApplyAsync(web);

        Assert.Equal(isAccepted, (await OpenSslAsync(web, option)).Contains("CN = web.example.com", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, "AES256-SHA")]
    [InlineData(false, "AES128-SHA")]
    public async Task The_order_of_ciphers_is_the_listeners_or_the_clients(bool isServerOrder, string expected)
    {
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web").Secure(Plans.Tls(running.Certificates.Add(TestCertificate.SelfSigned())) with { IsServerOrder = isServerOrder });
        await running.ApplyAsync(web);

        Assert.Contains($"Cipher is {expected}", await OpenSslAsync(web, "-tls1_2", "AES128-SHA:AES256-SHA:@SECLEVEL=0"));
    }

    private static async Task BothAnswerAsync(PlannedLoadBalancer web)
    {
        var answers = new HashSet<string>();
        await Eventually.IsTrueAsync(
            async () =>
            {
                using var client = Client(out _);
                answers.Add(await GetAsync(client, SecureUrl(web)));
                return answers.IsSupersetOf(["i-1", "i-2"]);
            },
            "both instances answer");
    }

    private static async Task HandshakesAsync(
        PlannedLoadBalancer web, ConcurrentDictionary<string, int> seen, ConcurrentBag<string> failures, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var connection = new TcpClient();
                await connection.ConnectAsync(web.Address, Plans.Port, CancellationToken.None);
                await using var stream = new SslStream(connection.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);

                // A client that resumes a session sees the certificate that it began with.
                await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "web", AllowTlsResume = false }, CancellationToken.None);
                seen[stream.RemoteCertificate!.GetCertHashString()] = 1;
                await stream.WriteAsync("GET / HTTP/1.1\r\nHost: web\r\nConnection: close\r\n\r\n"u8.ToArray(), CancellationToken.None);
                using var reader = new StreamReader(stream);
                if (!(await reader.ReadToEndAsync(CancellationToken.None)).Contains("i-1", StringComparison.Ordinal))
                {
                    failures.Add("no answer");
                }
            }
            catch (Exception exception) when (exception is IOException or SocketException or System.Security.Authentication.AuthenticationException)
            {
                failures.Add(exception.Message);
            }
        }
    }

    private static async Task<string> OpenSslAsync(PlannedLoadBalancer web, string version, string ciphers = "ALL:@SECLEVEL=0")
    {
        var start = new ProcessStartInfo("openssl", ["s_client", "-connect", $"{web.Address}:{Plans.Port}", version, "-cipher", ciphers])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output + await errors;
    }

    private static HttpClient Client(out ConcurrentDictionary<string, int> seen)
    {
        var thumbprints = seen = new();
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
        {
            thumbprints[certificate!.GetCertHashString()] = 1;
            return true;
        };
        return new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(60) };
    }

    private static Uri SecureUrl(PlannedLoadBalancer loadBalancer, string path = "/") => new($"https://{loadBalancer.Address}:{Plans.Port}{path}");

    private static string CertificateFile(RunningDataPlane running, PlannedLoadBalancer loadBalancer) =>
        running.CellFile(Path.Combine("certificates", $"123456789012:us-east-1:{loadBalancer.Id.Name}:{Plans.Port}.pem"));

    private static Task<string> GetAsync(HttpClient client, Uri url) => client.GetStringAsync(url, TestContext.Current.CancellationToken);
}
