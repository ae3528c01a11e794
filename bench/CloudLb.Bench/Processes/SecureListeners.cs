using System.Security.Cryptography;
using CloudLb.Bench.Load;
using CloudLb.Iam.Contracts;

namespace CloudLb.Bench.Processes;

/// <summary>
/// An HTTPS listener of an application load balancer with many certificates, and the same of an HAProxy and of an nginx that somebody has
/// configured by hand.
/// </summary>
internal sealed class SecureListeners(Workplace workplace) : SideBySide(workplace)
{
    public const int Port = 8443;

    /// <summary>The certificates besides the default one, as many as AWS allows.</summary>
    public const int Certificates = 25;

    /// <summary>What the load asks for: one in the middle.</summary>
    public const string Name = "site13.example.com";

    private static readonly string[] Names =
        ["default.example.com", .. Enumerable.Range(1, Certificates).Select(number => $"site{number}.example.com")];

    public static Task<SecureListeners> StartAsync(Workplace workplace, CancellationToken cancellationToken) =>
        StartAsync(new SecureListeners(workplace), cancellationToken);

    protected override async Task StartAllAsync(CancellationToken cancellationToken)
    {
        using var rsa = RSA.Create(2048);
        (string Certificate, string Key)[] certificates = [.. Names.Select(name => SelfSigned.Of(rsa, name))];
        string[] files = [.. Names.Select(name => Workplace.PathOf($"{name}.pem"))];
        foreach (var (index, (certificate, key)) in certificates.Index())
        {
            await File.WriteAllTextAsync(files[index], $"{certificate}\n{key}\n", cancellationToken);
        }

        var written = new HandWrittenTls(Port, Names, files, Servers);
        var listFile = Workplace.PathOf("certificates.list");
        await File.WriteAllTextAsync(listFile, written.List, cancellationToken);
        await AddAsync(HAProxyProcess.StartInstancesAsync(Workplace, Instances, InstancePort, cancellationToken));
        var nginx = await AddAsync(NginxProcess.StartAsync(Workplace, written.Nginx(Nginx), cancellationToken));
        var server = await AddAsync(CloudLbProcess.StartAsync(Workplace, cancellationToken));
        var byHand = await AddAsync(HAProxyProcess.StartByHandAsync(
            Workplace, written.HAProxy(ByHand, HAProxyProcess.Threads, listFile, server.HeaderNames), cancellationToken));
        await MakeAsync(server, Instances, InstancePort, certificates, cancellationToken);
        await FindAsync(server, "secure", cancellationToken);
        foreach (var address in new[] { CloudLb, ByHand, Nginx })
        {
            await NamedClient.WaitForAsync(new(address, Port), Name, cancellationToken);
        }

        await NoteProcessesAsync(server, byHand, nginx, cancellationToken);
    }

    private static async Task MakeAsync(
        CloudLbProcess server, string[] instances, int port, (string Certificate, string Key)[] certificates,
        CancellationToken cancellationToken)
    {
        using var iam = new ElbClient(server.Url, IamContract.Service);
        using var client = new ElbV2Client(server);
        var arns = new List<string>();
        foreach (var (index, (certificate, key)) in certificates.Index())
        {
            var request = new UploadServerCertificateRequest
            {
                ServerCertificateName = $"secure-{index}", CertificateBody = certificate, PrivateKey = key,
            };
            await iam.CallAsync(IamContract.UploadServerCertificate, request, cancellationToken);
            arns.Add($"arn:aws:iam::123456789012:server-certificate/{request.ServerCertificateName}");
        }

        var (loadBalancer, vpc) = await client.LoadBalancerAsync("secure", cancellationToken);
        var group = await client.GroupAsync("secure", vpc, port, instances, cancellationToken);
        await client.ListenerAsync("HTTPS", loadBalancer, Port, ElbV2Client.Forward((group, 1)), arns, cancellationToken);
    }
}
