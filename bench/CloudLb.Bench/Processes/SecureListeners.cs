using System.Net;
using System.Security.Cryptography;
using CloudLb.Bench.Load;
using CloudLb.Iam.Contracts;

namespace CloudLb.Bench.Processes;

/// <summary>
/// An HTTPS listener of an application load balancer with many certificates, and the same of an HAProxy and of an nginx that somebody has
/// configured by hand.
/// </summary>
internal sealed class SecureListeners : IAsyncDisposable
{
    public const int Port = 8443;

    /// <summary>The certificates besides the default one, as many as AWS allows.</summary>
    public const int Certificates = 25;

    /// <summary>What the load asks for: one in the middle.</summary>
    public const string Name = "site13.example.com";

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);
    private static readonly string[] Names =
        ["default.example.com", .. Enumerable.Range(1, Certificates).Select(number => $"site{number}.example.com")];

    private readonly List<IAsyncDisposable> _processes = [];
    private readonly string _network;

    private SecureListeners(string network) => _network = network;

    public IPAddress CloudLb { get; private set; } = IPAddress.None;

    public IPAddress ByHand => IPAddress.Parse($"{_network}.1.1");

    public IPAddress Nginx => IPAddress.Parse($"{_network}.1.2");

    public IReadOnlyList<int> CloudLbProcesses { get; private set; } = [];

    public IReadOnlyList<int> ByHandProcesses { get; private set; } = [];

    public IReadOnlyList<int> NginxProcesses { get; private set; } = [];

    public static async Task<SecureListeners> StartAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        var listeners = new SecureListeners(workplace.Network());
        try
        {
            await listeners.StartAllAsync(workplace, cancellationToken);
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

    private async Task StartAllAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        string[] instances = [$"{_network}.0.1", $"{_network}.0.2"];
        var port = Workplace.FreePort();
        using var rsa = RSA.Create(2048);
        (string Certificate, string Key)[] certificates = [.. Names.Select(name => SelfSigned.Of(rsa, name))];
        string[] files = [.. Names.Select(name => workplace.PathOf($"{name}.pem"))];
        foreach (var (index, (certificate, key)) in certificates.Index())
        {
            await File.WriteAllTextAsync(files[index], $"{certificate}\n{key}\n", cancellationToken);
        }

        var written = new HandWrittenTls(Port, Names, files, [.. instances.Select(instance => $"{instance}:{port}")]);
        var listFile = workplace.PathOf("certificates.list");
        await File.WriteAllTextAsync(listFile, written.List, cancellationToken);
        await AddAsync(HAProxyProcess.StartInstancesAsync(workplace, instances, port, cancellationToken));
        var nginx = await AddAsync(NginxProcess.StartAsync(workplace, written.Nginx(Nginx), cancellationToken));
        var server = await AddAsync(CloudLbProcess.StartAsync(workplace, cancellationToken));
        var byHand = await AddAsync(HAProxyProcess.StartByHandAsync(
            workplace, written.HAProxy(ByHand, HAProxyProcess.Threads, listFile, server.HeaderNames), cancellationToken));
        await MakeAsync(server, instances, port, certificates, cancellationToken);
        CloudLb = await server.AddressAsync("secure", cancellationToken);
        foreach (var address in new[] { CloudLb, ByHand, Nginx })
        {
            await NamedClient.WaitForAsync(new(address, Port), Name, cancellationToken);
        }

        // Those before it, one for each change that took a new process, still end.
        while (HAProxyProcess.Of(server.DataDirectory).Count > 1)
        {
            await Task.Delay(Glance, TimeProvider.System, cancellationToken);
        }

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
