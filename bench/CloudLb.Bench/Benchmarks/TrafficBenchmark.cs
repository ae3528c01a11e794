using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CloudLb.Bench.Load;
using CloudLb.Bench.Processes;
using CloudLb.Bench.Results;
using CloudLb.Elb.Contracts;
using CloudLb.Iam.Contracts;

namespace CloudLb.Bench.Benchmarks;

/// <summary>Requests through CloudLb's listeners, beside the same HAProxy configured by hand for the same work, and beside nginx.</summary>
internal sealed class TrafficBenchmark : IBenchmark
{
    private const int Connections = 64;
    private const int Rounds = 7;
    private static readonly ListenerPorts Ports = new(8080, 8443, 8090);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    public string Name => "traffic";

    public async Task<ResultTable> RunAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        var network = workplace.Network();
        string[] instances = [$"{network}.0.1", $"{network}.0.2"];
        var instancePort = Workplace.FreePort();
        var (certificate, key) = SelfSigned();
        var certificateFile = workplace.PathOf("certificate.pem");
        await File.WriteAllTextAsync(certificateFile, $"{certificate}\n{key}\n", cancellationToken);

        await using var instanceProcess = await HAProxyProcess.StartInstancesAsync(workplace, instances, instancePort, cancellationToken);
        var (byHandAddress, nginxAddress) = (IPAddress.Parse($"{network}.1.1"), IPAddress.Parse($"{network}.1.2"));
        await using var nginx = await NginxProcess.StartAsync(
            workplace, nginxAddress, Ports, certificateFile, instances, instancePort, cancellationToken);
        await using var server = await CloudLbProcess.StartAsync(workplace, cancellationToken);
        await using var byHand = await HAProxyProcess.StartByHandAsync(
            workplace, new(byHandAddress, Ports, certificateFile, instances, instancePort, server.HeaderNames), cancellationToken);
        await MakeAsync(server, instances, instancePort, certificate, key, cancellationToken);
        var address = await server.AddressAsync("web", cancellationToken);
        using var http = new HttpClient();
        await CloudLbProcess.WaitForAsync(http, new($"http://{address}:{Ports.Http}/"), HttpStatusCode.OK, cancellationToken);
        await CloudLbProcess.WaitForAsync(http, new($"http://{address}:{Ports.Tcp}/"), HttpStatusCode.OK, cancellationToken);

        var table = new ResultTable(
            "Traffic",
            $"Requests on {Connections} kept-alive connections (wrk) through a listener with two instances, beside the same HAProxy " +
            $"configured by hand, with the same " +
            "threads and the same instances, and beside nginx, with as many workers and kept-alive connections to the instances. What an " +
            "HTTP or HTTPS listener of AWS's does for each " +
            "request the HAProxy by hand does too: X-Forwarded-For, -Port and -Proto, the spelling of headers, the limits of heads, " +
            "methods and times. nginx sets the same headers. Neither has " +
            "desync mitigation, 408 for clients that stop in their body, or connections that outlive their process; CloudLb has (what " +
            "each costs is under Instructions). TLS is 1.2 with " +
            "ECDHE-RSA-AES128-GCM-SHA256. The TCP listener carries the same requests. CPU is what the processes use for a request; " +
            "ratios are to the HAProxy by hand.",
            "", "requests/s", "p50 ms", "p99 ms", "CPU µs", "ratio of requests/s", "ratio of CPU");
        foreach (var (scheme, port, name, goal) in new[]
        {
            ("http", Ports.Http, "HTTP", 1.0),
            ("https", Ports.Https, "HTTPS", 0.98),
            ("http", Ports.Tcp, "TCP", 0.98),
        })
        {
            var ours = new LoadTarget(new($"{scheme}://{address}:{port}/"), HAProxyProcess.Of(server.DataDirectory));
            var theirs = new LoadTarget(new($"{scheme}://{byHandAddress}:{port}/"), [byHand.Id]);
            var nginxs = new LoadTarget(new($"{scheme}://{nginxAddress}:{port}/"), NginxProcess.Of(nginx.Id));
            await MeasureAsync(workplace, [ours, theirs, nginxs], cancellationToken);
            table.Row(
                [
                    $"{name}, CloudLb", .. ours.Cells(), Figures.AgainstGoal(ours.RatioTo(theirs), goal),
                    Figures.Fine(ours.CpuPerRequest / theirs.CpuPerRequest),
                ]);
            table.Row([$"{name}, HAProxy by hand", .. theirs.Cells(), Figures.Fine(1), Figures.Fine(1)]);
            table.Row(
                [
                    $"{name}, nginx", .. nginxs.Cells(), Figures.Fine(nginxs.RatioTo(theirs)),
                    Figures.Fine(nginxs.CpuPerRequest / theirs.CpuPerRequest),
                ]);
        }

        return table;
    }

    /// <summary>All take turns; the first round warms up and does not count.</summary>
    private static async Task MeasureAsync(Workplace workplace, LoadTarget[] targets, CancellationToken cancellationToken)
    {
        for (var round = -1; round < Rounds; round++)
        {
            foreach (var target in targets)
            {
                await target.MeasureAsync(workplace, Wrk.PlainScript, Connections, Round, cancellationToken);
                if (round < 0)
                {
                    target.Forget();
                }
            }
        }
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

    private static (string Certificate, string Key) SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=web.example.com", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
