using System.Net;
using System.Security.Cryptography;
using CloudLb.Bench.Load;
using CloudLb.Elb.Contracts;
using CloudLb.Iam.Contracts;

namespace CloudLb.Bench.Processes;

/// <summary>
/// An HTTP, an HTTPS and a TCP listener of CloudLb's before two instances, and the same of an HAProxy and of an nginx that somebody has
/// configured by hand.
/// </summary>
internal sealed class ComparedListeners(Workplace workplace) : SideBySide(workplace)
{
    public static readonly ListenerPorts Ports = new(8080, 8443, 8090);

    public static Task<ComparedListeners> StartAsync(Workplace workplace, CancellationToken cancellationToken) =>
        StartAsync(new ComparedListeners(workplace), cancellationToken);

    protected override async Task StartAllAsync(CancellationToken cancellationToken)
    {
        using var rsa = RSA.Create(2048);
        var (certificate, key) = SelfSigned.Of(rsa, "web.example.com");
        var certificateFile = Workplace.PathOf("certificate.pem");
        await File.WriteAllTextAsync(certificateFile, $"{certificate}\n{key}\n", cancellationToken);
        await AddAsync(HAProxyProcess.StartInstancesAsync(Workplace, Instances, InstancePort, cancellationToken));
        var nginx = await AddAsync(
            NginxProcess.StartAsync(Workplace, Nginx, Ports, certificateFile, Instances, InstancePort, cancellationToken));
        var server = await AddAsync(CloudLbProcess.StartAsync(Workplace, cancellationToken));
        var byHand = await AddAsync(HAProxyProcess.StartByHandAsync(
            Workplace, new HandWritten(ByHand, Ports, certificateFile, Instances, InstancePort, server.HeaderNames), cancellationToken));
        await MakeAsync(server, Instances, InstancePort, certificate, key, cancellationToken);
        await FindAsync(server, "web", cancellationToken);
        using var http = new HttpClient();
        await CloudLbProcess.WaitForAsync(http, new($"http://{CloudLb}:{Ports.Http}/"), HttpStatusCode.OK, cancellationToken);
        await CloudLbProcess.WaitForAsync(http, new($"http://{CloudLb}:{Ports.Tcp}/"), HttpStatusCode.OK, cancellationToken);
        await NoteProcessesAsync(server, byHand, nginx, cancellationToken);
    }

    private static async Task MakeAsync(
        CloudLbProcess server, string[] instances, int instancePort, string certificate, string key, CancellationToken cancellationToken)
    {
        using var iam = new ElbClient(server.Url, IamContract.Service);
        using var elb = new ElbClient(server.Url);
        await iam.CallAsync(
            IamContract.UploadServerCertificate, new() { ServerCertificateName = "web", CertificateBody = certificate, PrivateKey = key },
            cancellationToken);
        await elb.CallAsync(
            ElasticLoadBalancingContract.CreateLoadBalancer,
            new()
            {
                LoadBalancerName = "web",
                AvailabilityZones = [$"{CloudLbProcess.Region}a"],
                Listeners =
                [
                    new() { Protocol = "HTTP", LoadBalancerPort = Ports.Http, InstancePort = instancePort },
                    new()
                    {
                        Protocol = "HTTPS",
                        LoadBalancerPort = Ports.Https,
                        InstanceProtocol = "HTTP",
                        InstancePort = instancePort,
                        SSLCertificateId = "arn:aws:iam::123456789012:server-certificate/web",
                    },
                    new() { Protocol = "TCP", LoadBalancerPort = Ports.Tcp, InstancePort = instancePort },
                ],
            },
            cancellationToken);
        await elb.RegisterAsync("web", instances, cancellationToken);
    }
}
