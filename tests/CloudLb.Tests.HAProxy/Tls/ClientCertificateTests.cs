using System.Diagnostics;
using System.Globalization;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>Listeners that ask their clients for certificates.</summary>
public sealed class ClientCertificateTests
{
    private const string Answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static readonly TestAuthority Authority = TestAuthority.Of("authority"), Other = TestAuthority.Of("other");
    private static readonly X509Certificate2 Client = Authority.Issue("CN=client \"one\", O=\"Test, Inc\", C=US");

    private static readonly EquatableArray<PlannedClientHeader> Parts =
    [
        new("X-Serial", ClientCertificatePart.SerialNumber), new("X-Amzn-Mtls-Clientcert-Issuer", ClientCertificatePart.Issuer),
        new("X-Amzn-Mtls-Clientcert-Subject", ClientCertificatePart.Subject), new("X-Validity", ClientCertificatePart.Validity),
        new("X-Leaf", ClientCertificatePart.Leaf),
    ];

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Certificates_of_trusted_authorities_alone_are_let_in_that_are_neither_out_of_date_nor_revoked(SslProtocols version)
    {
        await using var instance = RawInstance.Start(Answer);
        await using var running = await RunningDataPlane.StartAsync();
        var (expired, revoked) = (Authority.Issue("CN=expired", -20, -10), Authority.Issue("CN=revoked"));
        var between = Authority.Below("between");
        var trust = running.Trust.Add(Authority.Pem + "\n" + Other.Pem + "\n", Authority.ListOf(revoked));
        var web = Asking(running, instance, new(trust, false, false, HasRevocations: true));
        await running.ApplyAsync(web);
        Assert.Empty(running.DataPlane.Faults);
        await running.IsPassingAsync(web, "i-1");

        Assert.Equal("ok", await AskAsync(Client));
        Assert.Equal("ok", await AskAsync(Other.Issue("CN=of-the-other")));
        Assert.Equal("ok", await AskAsync(between.Issue("CN=below"), between.Certificate));
        Assert.Null(await AskAsync(null));
        Assert.Null(await AskAsync(TestAuthority.Of("authority").Issue("CN=client")));
        Assert.Null(await AskAsync(between.Issue("CN=below")));
        Assert.Null(await AskAsync(expired));
        Assert.Null(await AskAsync(revoked));

        // One that is out of date is let in where that does not matter, and one that is revoked as little as before.
        await running.ApplyAsync(web = Asking(running, instance, new(trust, true, true, HasRevocations: true)));
        await running.IsAloneAsync();
        Assert.Equal("ok", await AskAsync(expired));
        Assert.Null(await AskAsync(revoked));

        Task<string?> AskAsync(X509Certificate2? certificate, params X509Certificate2[] issuers) =>
            ClientCertificates.AskAsync(web, certificate, issuers, version);
    }

    [Fact]
    public async Task Members_are_told_whose_certificate_it_is_and_nothing_that_a_client_says_itself()
    {
        await using var instance = RawInstance.Start(Answer);
        await using var running = await RunningDataPlane.StartAsync();
        var web = Asking(running, instance, new(running.Trust.Add(Authority.Pem), false, false))
            .With(http => http with
            {
                ClientHeaders = Parts, ForgeableHeaders = ["X-Serial", "X-Amzn-Mtls-Clientcert-Subject", "X-Amzn-Mtls-Clientcert"],
            });
        await running.ApplyAsync(web);
        Assert.Empty(running.DataPlane.Faults);
        await running.IsPassingAsync(web, "i-1");

        Assert.Equal("ok", await ClientCertificates.AskAsync(
            web, Client,
            headers:
            [
                ("X-Serial", "forged"), ("X_Serial", "forged"), ("x_amzn-mtls_clientcert-SUBJECT", "forged"),
                ("X-Amzn-Mtls-Clientcert", "forged"), ("X-Other", "mine"),
            ]));

        var head = Assert.Single(instance.Heads);
        Assert.DoesNotContain("forged", head, StringComparison.Ordinal);
        Assert.Equal("mine", Value(head, "X-Other"));
        Assert.Equal(Client.SerialNumber.TrimStart('0'), Value(head, "X-Serial")!.TrimStart('0'));
        Assert.Equal("CN=authority", Value(head, "X-Amzn-Mtls-Clientcert-Issuer"));
        Assert.Equal("CN=client \\\"one\\\",O=Test\\, Inc,C=US", Value(head, "X-Amzn-Mtls-Clientcert-Subject"));
        Assert.Equal($"NotBefore={Time(Client.NotBefore)};NotAfter={Time(Client.NotAfter)}", Value(head, "X-Validity"));
        Assert.Equal([Client.Thumbprint], Thumbprints(Value(head, "X-Leaf")!));
    }

    [Fact]
    public async Task All_that_a_client_sends_is_passed_on_where_nobody_looks_at_it()
    {
        await using var instance = RawInstance.Start(Answer);
        await using var running = await RunningDataPlane.StartAsync();
        var between = Other.Below("between");
        var below = between.Below("below");
        var certificate = below.Issue("CN=expired", -20, -10);
        var web = Asking(running, instance, new(null, true, false)).With(http => http with
        {
            ClientHeaders = [new("X-Amzn-Mtls-Clientcert", ClientCertificatePart.Chain)], ForgeableHeaders = ["X-Amzn-Mtls-Clientcert"],
        });
        await running.ApplyAsync(web);
        Assert.Empty(running.DataPlane.Faults);
        await running.IsPassingAsync(web, "i-1");

        Assert.Equal("ok", await ClientCertificates.AskAsync(web, certificate, [below.Certificate, between.Certificate]));
        Assert.Equal(
            [certificate.Thumbprint, below.Certificate.Thumbprint, between.Certificate.Thumbprint],
            Thumbprints(Value(instance.Heads.Last(), "X-Amzn-Mtls-Clientcert")!));

        Assert.Equal("ok", await ClientCertificates.AskAsync(web, headers: ("X-Amzn-Mtls-Clientcert", "forged")));
        Assert.Null(Value(instance.Heads.Last(), "X-Amzn-Mtls-Clientcert"));
    }

    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_2 -no_ticket")]
    [InlineData("-tls1_3")]
    public async Task A_session_that_one_listener_has_begun_opens_no_other(string kind)
    {
        await using var instance = RawInstance.Start(Answer);
        await using var running = await RunningDataPlane.StartAsync();
        var one = Asking(running, instance, new(running.Trust.Add(Authority.Pem), false, false));
        var another = Asking(running, instance, new(running.Trust.Add(Other.Pem), false, false), "another");
        await running.ApplyAsync(another, one);
        await running.IsPassingAsync(one, "i-1");
        await running.IsPassingAsync(another, "i-1");
        var (file, key, session) = (Path.GetTempFileName(), Path.GetTempFileName(), Path.GetTempFileName());
        await File.WriteAllTextAsync(file, Client.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(key, Client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);

        Assert.Contains("200 OK", await OpenSslAsync(one, "-cert", file, "-key", key, "-sess_out", session), StringComparison.Ordinal);
        Assert.DoesNotContain("200 OK", await OpenSslAsync(another, "-sess_in", session), StringComparison.Ordinal);
        Assert.DoesNotContain("200 OK", await OpenSslAsync(one, "-sess_in", session), StringComparison.Ordinal);
        Assert.Contains("200 OK", await OpenSslAsync(one, "-cert", file, "-key", key), StringComparison.Ordinal);
        foreach (var path in new[] { file, key, session })
        {
            File.Delete(path);
        }

        async Task<string> OpenSslAsync(PlannedLoadBalancer web, params string[] more)
        {
            var start = new ProcessStartInfo(
                "openssl", ["s_client", "-connect", $"{web.Address}:{Plans.Port}", "-ign_eof", .. kind.Split(' '), .. more])
            {
                RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            await process.StandardInput.WriteAsync("GET / HTTP/1.1\r\nHost: web\r\nConnection: close\r\n\r\n");
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return output + await errors;
        }
    }

    [Fact]
    public async Task Whose_certificates_are_taken_changes_with_the_next_process_and_files_go_with_the_last()
    {
        await using var instance = RawInstance.Start(Answer);
        await using var running = await RunningDataPlane.StartAsync();
        var web = Asking(running, instance, new(running.Trust.Add(Authority.Pem), false, false));
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        Assert.Equal("ok", await ClientCertificates.AskAsync(web, Client));

        await running.ApplyAsync(web = Asking(running, instance, new(running.Trust.Add(Other.Pem), false, false)));
        await running.IsAloneAsync();

        Assert.Null(await ClientCertificates.AskAsync(web, Client));
        Assert.Equal("ok", await ClientCertificates.AskAsync(web, Other.Issue("CN=client")));
        Assert.Equal("trust1.pem", Path.GetFileName(Assert.Single(Directory.GetFiles(running.CellFile("trust")))));
        await running.ApplyAsync(Plans.LoadBalancer("other"));
        Assert.Empty(Directory.GetFiles(running.CellFile("trust")));
    }

    private static PlannedLoadBalancer Asking(
        RunningDataPlane running, RawInstance instance, PlannedClientAuthentication asked, string name = "web") =>
        ApplicationPlans.LoadBalancer(name, instance.Planned("i-1")).Secure(
            Plans.Tls(running.Certificates.Add(TestCertificate.SelfSigned())) with
            {
                Versions = [TlsVersion.Tls12, TlsVersion.Tls13],
                Ciphers = ["ECDHE-RSA-AES128-GCM-SHA256"],
                Alpn = ["http/1.1"],
                ClientAuthentication = asked,
            });

    private static string Time(DateTime time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string? Value(string head, string name) => head.Split("\r\n")
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim())
        .SingleOrDefault();

    private static IEnumerable<string> Thumbprints(string header)
    {
        Assert.DoesNotMatch("[^-A-Za-z0-9+/=%]", header);
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(Uri.UnescapeDataString(header));
        Assert.All(
            Regex.Matches(Uri.UnescapeDataString(header), "[^\n]+\n").Select(line => line.Value),
            line => Assert.InRange(line.Length, 1, 65));
        return certificates.Select(certificate => certificate.Thumbprint);
    }
}
