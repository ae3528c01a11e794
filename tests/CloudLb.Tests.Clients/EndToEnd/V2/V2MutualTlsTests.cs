using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

/// <summary>Listeners that ask clients for certificates, from the API and the bucket to client and target.</summary>
public sealed class V2MutualTlsTests(SharedServer server)
{
    private const string Name = "v2-mutual";

    private static readonly int Port = Ports.Http == 80 ? 443 : 8443;

    private readonly V2Calls _calls = new(server.Api);
    private readonly TestAuthority _one = TestAuthority.Of("one"), _two = TestAuthority.Of("two");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clients_are_let_in_by_the_trust_store_its_revocations_and_the_mode_at_that_time()
    {
        await using var target = await Backend.StartAsync(Token);
        var (alice, mallory, bob) = (_one.Issue("CN=alice"), _one.Issue("CN=mallory"), _two.Issue("CN=bob"));
        var (loadBalancer, _) = await _calls.ServeAsync(Name, target);
        var store = (await _calls.CallAsync($"Action=CreateTrustStore&Name={Name}{Bundle(_one)}", "TrustStoreArn"))!;
        var listener = await ListenAsync(loadBalancer, store);
        var url = new Uri($"https://{(await server.Process.TrafficUrlAsync(Name, Token)).Host}:{Port}/client");
        await Wait.ForAsync(
            () => AskAsync(url, alice), answer => answer?.Contains("Subject: CN=alice", StringComparison.Ordinal) == true, Token);

        Assert.NotNull(await AskAsync(url, mallory));
        Assert.Null(await AskAsync(url, null));
        Assert.Null(await AskAsync(url, bob));
        Assert.Null(await AskAsync(url, _one.Issue("CN=expired", -20, -10)));
        var plain = await AskAsync(new Uri(await server.Process.TrafficUrlAsync(Name, Token), "/client"), null, "forged");
        Assert.Equal("", plain);

        // Nobody else notices a change, though it takes a process of its own.
        using var stopped = new CancellationTokenSource();
        var refusals = CountRefusalsAsync(url, alice, stopped.Token);
        await _calls.CallAsync(
            $"Action=AddTrustStoreRevocations&TrustStoreArn={store}&RevocationContents.member.1.S3Bucket={Name}" +
            $"&RevocationContents.member.1.S3Key={Put(_one.ListOf(mallory))}");
        await Wait.ForAsync(() => AskAsync(url, mallory), answer => answer is null, Token);
        await _calls.CallAsync($"Action=RemoveTrustStoreRevocations&TrustStoreArn={store}&RevocationIds.member.1=1");
        await Wait.ForAsync(() => AskAsync(url, mallory), answer => answer is not null, Token);
        await stopped.CancelAsync();
        Assert.Equal(0, await refusals);

        await _calls.CallAsync($"Action=ModifyTrustStore&TrustStoreArn={store}{Bundle(_two)}");
        await Wait.ForAsync(
            async () => (await AskAsync(url, alice), await AskAsync(url, bob)), answers => answers is (null, not null), Token);

        await _calls.CallAsync($"Action=ModifyListener&ListenerArn={listener}&MutualAuthentication.Mode=passthrough");
        await Wait.ForAsync(
            () => AskAsync(url, alice),
            answer => answer?.StartsWith("X-Amzn-Mtls-Clientcert: -----BEGIN%20CERTIFICATE-----%0A", StringComparison.Ordinal) == true,
            Token);
        await _calls.CallAsync($"Action=ModifyListener&ListenerArn={listener}&MutualAuthentication.Mode=off");
        await Wait.ForAsync(() => AskAsync(url, null), answer => answer == "", Token);
        await _calls.CallAsync($"Action=DeleteLoadBalancer&LoadBalancerArn={loadBalancer}");
        await _calls.CallAsync($"Action=DeleteTrustStore&TrustStoreArn={store}");
    }

    private async Task<string> ListenAsync(string loadBalancer, string store)
    {
        var certificate = TestCertificate.SelfSigned();
        var uploaded = await new ElbApi(server.Process.Url, service: "iam").SendAsync(
            $"Action=UploadServerCertificate&Version=2010-05-08&ServerCertificateName={Name}" +
            $"&CertificateBody={Uri.EscapeDataString(certificate.Pem)}&PrivateKey={Uri.EscapeDataString(certificate.KeyPem)}", Token);
        Assert.True(uploaded.Status == 200, uploaded.Body);
        var arn = uploaded.Body.Split("<Arn>")[1].Split("</Arn>")[0];
        var group = await _calls.CallAsync($"Action=DescribeTargetGroups&Names.member.1={Name}", "TargetGroupArn");
        return (await _calls.CallAsync(
            $"Action=CreateListener&LoadBalancerArn={loadBalancer}&Protocol=HTTPS&Port={Port}&Certificates.member.1.CertificateArn={arn}" +
            $"&MutualAuthentication.Mode=verify&MutualAuthentication.TrustStoreArn={store}" +
            $"&DefaultActions.member.1.Type=forward&DefaultActions.member.1.TargetGroupArn={group}", "ListenerArn"))!;
    }

    private string Bundle(TestAuthority authority) =>
        $"&CaCertificatesBundleS3Bucket={Name}&CaCertificatesBundleS3Key={Put(authority.Pem)}";

    /// <summary>The key of an object with that text.</summary>
    private string Put(string text)
    {
        var key = Guid.NewGuid().ToString("N");
        var bucket = Path.Combine(server.Process.DataDirectory, "access-logs", Name);
        Directory.CreateDirectory(bucket);
        File.WriteAllText(Path.Combine(bucket, key), text);
        return key;
    }

    private static async Task<int> CountRefusalsAsync(Uri url, X509Certificate2 certificate, CancellationToken stopped)
    {
        var refusals = 0;
        while (!stopped.IsCancellationRequested)
        {
            refusals += await AskAsync(url, certificate) is null ? 1 : 0;
        }

        return refusals;
    }

    /// <summary>The answer on a connection of its own; null where there is none.</summary>
    private static async Task<string?> AskAsync(Uri url, X509Certificate2? certificate, string? forged = null)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true);
        }

        using var http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(60) };
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (forged is not null)
        {
            request.Headers.Add("X-Amzn-Mtls-Clientcert-Subject", forged);
        }

        try
        {
            using var response = await http.SendAsync(request, Token);
            return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync(Token) : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
