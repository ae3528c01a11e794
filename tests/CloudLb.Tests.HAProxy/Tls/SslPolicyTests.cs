using System.Diagnostics;
using System.Text.RegularExpressions;
using CloudLb.Core.Traffic.Planning;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>
/// What each of AWS's predefined policies of application and network load balancers says, held against real handshakes with a listener of
/// each.
/// </summary>
public sealed partial class SslPolicyTests
{
    private const int FirstPort = 9000, HandshakesAtOnce = 2;

    private static readonly (string Protocol, string Option)[] Versions =
        [("TLSv1", "-tls1"), ("TLSv1.1", "-tls1_1"), ("TLSv1.2", "-tls1_2"), ("TLSv1.3", "-tls1_3")];

    [Fact]
    public async Task Each_policy_offers_its_versions_and_its_first_cipher_of_the_certificates_kind()
    {
        await using var running = await RunningDataPlane.StartAsync();
        var certificate = running.Certificates.Add(TestCertificate.SelfSigned());
        var web = Plans.LoadBalancer("policies") with
        {
            Listeners =
            [
                .. SslPolicyCollection.All.Select(
                    (policy, number) => Plans.Listener(FirstPort + number) with { Tls = TlsOf(policy, certificate) }),
            ],
        };
        await running.ApplyAsync(web);
        Assert.Empty(running.DataPlane.Faults);

        var cases =
            from policy in SslPolicyCollection.All.Select((policy, number) => (Policy: policy, Port: FirstPort + number))
            from version in Versions
            select (policy.Policy, policy.Port, version);
        await Parallel.ForEachAsync(
            cases,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = HandshakesAtOnce, CancellationToken = TestContext.Current.CancellationToken,
            },
            async (each, _) => Assert.Equal(
                (each.Policy.Name, each.version.Protocol, Expected(each.Policy, each.version.Protocol)),
                (each.Policy.Name, each.version.Protocol, await AgreeAsync($"{web.Address}:{each.Port}", each.version.Option))));
    }

    private static PlannedTls TlsOf(SslPolicy policy, string certificate)
    {
        var loadBalancer = Arn.Parse("arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web/0123456789abcdef");
        var arn = loadBalancer.NewListener();
        return TlsPlan.Of(
            null,
            new()
            {
                Arn = arn,
                Address = System.Net.IPAddress.Loopback,
                Port = 443,
                Protocol = Protocol.HTTPS,
                Tls = new() { CertificateId = certificate, SslPolicy = policy.Name },
                DefaultActions = [],
                DefaultRule = arn.NewRule(),
            },
            _ => null,
            _ => throw new InvalidOperationException("No client is asked for a certificate."))!;
    }

    /// <summary>
    /// Null where the version is not the policy's. TLS 1.0 and 1.1 know none of the ciphers with an authentication of their own.
    /// </summary>
    private static string? Expected(SslPolicy policy, string protocol) => !policy.Protocols.Contains(protocol)
        ? null
        : policy.Ciphers.FirstOrDefault(cipher => protocol switch
        {
            "TLSv1.3" => cipher.StartsWith("TLS_", StringComparison.Ordinal),
            "TLSv1.2" => !cipher.StartsWith("TLS_", StringComparison.Ordinal) && !cipher.Contains("ECDSA", StringComparison.Ordinal),
            _ => !cipher.Contains("ECDSA", StringComparison.Ordinal) && cipher.EndsWith("-SHA", StringComparison.Ordinal),
        });

    /// <summary>The cipher that is agreed on; null when none is.</summary>
    private static async Task<string?> AgreeAsync(string endpoint, string version)
    {
        var start = new ProcessStartInfo(
            "openssl", ["s_client", "-brief", "-connect", endpoint, version, "-cipher", "ALL:@SECLEVEL=0"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var told = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await output;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var agreed = Agreement().Match(told);
        Assert.True(agreed.Success || told.Contains("alert", StringComparison.Ordinal), told);
        return agreed.Success ? agreed.Groups["cipher"].Value : null;
    }

    [GeneratedRegex(@"Ciphersuite: (?<cipher>\S+)")]
    private static partial Regex Agreement();
}
