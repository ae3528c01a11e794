using CloudLb.Core.Traffic.Planning;
using static CloudLb.Tests.HAProxy.SecureRequests;

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
        var tls = Plans.Tls(
            running.Certificates.Add(TestCertificate.SelfSigned(isEcdsa: true))) with { Ciphers = ["ECDHE-ECDSA-AES128-GCM-SHA256"] };
        var web = Plans.LoadBalancer("web", first.Planned())
            .Checked(Plans.SecureProbe with { Protocol = protocol, Port = probePort })
            .Secure(tls);
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
        var web = Plans.LoadBalancer("web", instance.Planned())
            .AsTcp()
            .Secure(Plans.Tls(running.Certificates.Add(TestCertificate.SelfSigned())));

        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        using var client = Client(out _);
        Assert.DoesNotContain("X-Forwarded", await GetAsync(client, SecureUrl(web, "/headers")), StringComparison.OrdinalIgnoreCase);
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
        var tls = Plans.Tls(running.Certificates.Add(TestCertificate.SelfSigned())) with
        {
            Versions = [.. versions.Split(',').Select(Enum.Parse<TlsVersion>)],
        };
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
        var web = Plans.LoadBalancer("web").Secure(
            Plans.Tls(running.Certificates.Add(TestCertificate.SelfSigned())) with { IsServerOrder = isServerOrder });
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
}
