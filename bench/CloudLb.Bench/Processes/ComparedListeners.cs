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
internal sealed class ComparedListeners : IAsyncDisposable
{
    public static readonly ListenerPorts Ports = new(8080, 8443, 8090);

    private readonly List<IAsyncDisposable> _processes = [];

    private ComparedListeners(IPAddress byHand, IPAddress nginx) => (ByHand, Nginx) = (byHand, nginx);

    /// <summary>Where CloudLb's listeners are.</summary>
    public IPAddress CloudLb { get; private set; } = IPAddress.None;

    public IPAddress ByHand { get; }

    public IPAddress Nginx { get; }

    public IReadOnlyList<int> CloudLbProcesses { get; private set; } = [];

    public IReadOnlyList<int> ByHandProcesses { get; private set; } = [];

    public IReadOnlyList<int> NginxProcesses { get; private set; } = [];

    public static async Task<ComparedListeners> StartAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        var network = workplace.Network();
        var listeners = new ComparedListeners(IPAddress.Parse($"{network}.1.1"), IPAddress.Parse($"{network}.1.2"));
        try
        {
            await listeners.StartAsync(workplace, [$"{network}.0.1", $"{network}.0.2"], Workplace.FreePort(), cancellationToken);
            return listeners;
        }
        catch
        {
            await listeners.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes.AsEnumerable().Reverse())
        {
            await process.DisposeAsync();
        }
    }

    private async Task StartAsync(Workplace workplace, string[] instances, int instancePort, CancellationToken cancellationToken)
    {
        using var rsa = RSA.Create(2048);
        var (certificate, key) = SelfSigned.Of(rsa, "web.example.com");
        var certificateFile = workplace.PathOf("certificate.pem");
        await File.WriteAllTextAsync(certificateFile, $"{certificate}\n{key}\n", cancellationToken);
        await AddAsync(HAProxyProcess.StartInstancesAsync(workplace, instances, instancePort, cancellationToken));
        var nginx = await AddAsync(
            NginxProcess.StartAsync(workplace, Nginx, Ports, certificateFile, instances, instancePort, cancellationToken));
        var server = await AddAsync(CloudLbProcess.StartAsync(workplace, cancellationToken));
        var byHand = await AddAsync(HAProxyProcess.StartByHandAsync(
            workplace, new HandWritten(ByHand, Ports, certificateFile, instances, instancePort, server.HeaderNames), cancellationToken));
        await MakeAsync(server, instances, instancePort, certificate, key, cancellationToken);
        CloudLb = await server.AddressAsync("web", cancellationToken);
        using var http = new HttpClient();
        await CloudLbProcess.WaitForAsync(http, new($"http://{CloudLb}:{Ports.Http}/"), HttpStatusCode.OK, cancellationToken);
        await CloudLbProcess.WaitForAsync(http, new($"http://{CloudLb}:{Ports.Tcp}/"), HttpStatusCode.OK, cancellationToken);
        (CloudLbProcesses, ByHandProcesses, NginxProcesses) =
            (HAProxyProcess.Of(server.DataDirectory), [byHand.Id], NginxProcess.Of(nginx.Id));
    }

    private async Task<T> AddAsync<T>(Task<T> starting)
        where T : IAsyncDisposable
    {
        var process = await starting;
        _processes.Add(process);
        return process;
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
