using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Sequences;

/// <summary>A certificate that signed itself, and its key, as PEM.</summary>
internal sealed record ServerCertificateFiles(string Certificate, string Key)
{
    private const string KeyMark = "PRIVATE KEY";

    public static ServerCertificateFiles New(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
        return new(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Gives it to IAM and adds an HTTPS listener with it, at port 443, to a load balancer.</summary>
    /// <param name="name">Of the load balancer and of the certificate.</param>
    public async Task ServeAsync(Uri endpoint, string name, int instancePort, CancellationToken cancellationToken)
    {
        var arn = Uri.EscapeDataString(await UploadAsync(endpoint, name, cancellationToken));

        // What IAM was given is known elsewhere a moment later, as at AWS.
        await Wait.ForAsync(
            () => new ElbApi(endpoint).SendAsync(
                $"Action=CreateLoadBalancerListeners&LoadBalancerName={name}&Listeners.member.1.Protocol=HTTPS" +
                $"&Listeners.member.1.InstanceProtocol=HTTP" +
                $"&Listeners.member.1.LoadBalancerPort=443&Listeners.member.1.InstancePort={instancePort}" +
                $"&Listeners.member.1.SSLCertificateId={arn}&Version=2012-06-01",
                cancellationToken),
            answer => answer.Status == 200, cancellationToken);
    }

    /// <summary>Gives it to IAM; returns its ARN.</summary>
    public async Task<string> UploadAsync(Uri endpoint, string name, CancellationToken cancellationToken, Account? account = null)
    {
        var uploaded = await new ElbApi(endpoint, account, service: "iam").SendAsync(
            $"Action=UploadServerCertificate&Version=2010-05-08&ServerCertificateName={name}" +
            $"&CertificateBody={Uri.EscapeDataString(Certificate)}&PrivateKey={Uri.EscapeDataString(Key)}",
            cancellationToken);
        Assert.True(uploaded.Status == 200, uploaded.Body);
        return uploaded.Value("Arn")!;
    }

    /// <summary>The files with a key in plain text below a directory, found by grep, which minds no locks and follows no links.</summary>
    public static async Task<IReadOnlyList<string>> WithKeysAsync(string directory, CancellationToken cancellationToken) =>
        (await ChildProcess.RunAsync("grep", ["-rlF", "--devices=skip", KeyMark, directory], [], cancellationToken))
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
