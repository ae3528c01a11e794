using System.Diagnostics;
using System.Globalization;
using System.Net;
using CloudLb.Cli.Control;
using CloudLb.Core;

namespace CloudLb.Bench.Processes;

/// <summary>
/// The real <c>cloudlb serve</c>, a release build in a process of its own, with settings at their defaults where it matters.
/// </summary>
internal sealed class CloudLbProcess : IAsyncDisposable
{
    public const string AccessKeyId = "AKIDEXAMPLE";
    public const string SecretAccessKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    public const string Region = "us-east-1";

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    private readonly ChildProcess _process;

    private readonly string _addressPool;

    private CloudLbProcess(ChildProcess process, string dataDirectory, Uri url, string addressPool)
    {
        _process = process;
        _addressPool = addressPool;
        DataDirectory = dataDirectory;
        Url = url;
    }

    public int Id => _process.Id;

    public string DataDirectory { get; }

    public Uri Url { get; }

    /// <summary>The file of how headers are spelled.</summary>
    public string HeaderNames => Path.Combine(DataDirectory, "haproxy", "header-names");

    public static Task<CloudLbProcess> StartAsync(
        Workplace workplace, CancellationToken cancellationToken, params (string Name, string Value)[] settings) =>
        StartAsync(
        workplace,
        workplace.PathOf($"data-{Guid.NewGuid():N}"[..12]),
        new Uri($"http://127.0.0.1:{Workplace.FreePort()}"),
        $"{workplace.Network()}.0.0/16",
        settings,
        cancellationToken);

    /// <summary>Starts one that goes on where this one has ended.</summary>
    public Task<CloudLbProcess> StartNextAsync(Workplace workplace, CancellationToken cancellationToken) =>
        StartAsync(workplace, DataDirectory, Url, _addressPool, [], cancellationToken);

    /// <summary>How many processes the first cell has had: one more for each hand-over. Its sockets are named after it.</summary>
    public long Generation() => Directory.EnumerateFiles(SocketDirectory.For(Path.Combine(DataDirectory, "haproxy")), "1.*.sock")
        .Max(path => long.Parse(Path.GetFileName(path).Split('.')[1], CultureInfo.InvariantCulture));

    /// <summary>Where each load balancer's listeners are, by name.</summary>
    public async Task<IReadOnlyDictionary<string, IPAddress>> AddressesAsync(CancellationToken cancellationToken)
    {
        using var control = new ControlClient(Path.Combine(DataDirectory, "control.sock"));
        var all = await control.GetLoadBalancersAsync(cancellationToken);
        return all.ToDictionary(status => status.Name, status => IPAddress.Parse(status.Address));
    }

    /// <summary>Where the listeners of the load balancer of a name are.</summary>
    public async Task<IPAddress> AddressAsync(string name, CancellationToken cancellationToken)
    {
        using var control = new ControlClient(Path.Combine(DataDirectory, "control.sock"));
        return IPAddress.Parse((await control.GetLoadBalancersAsync(name, cancellationToken)).Single().Address);
    }

    /// <summary>Waits until a listener answers with the status given: 503 without instances, 200 with one in service.</summary>
    public static async Task WaitForAsync(HttpClient http, Uri listener, HttpStatusCode status, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(listener, cancellationToken);
                if (answer.StatusCode == status)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet: looked at again below.
            }

            await Task.Delay(Glance, TimeProvider.System, cancellationToken);
        }
    }

    private static async Task<CloudLbProcess> StartAsync(
        Workplace workplace, string directory, Uri url, string addressPool, IEnumerable<(string Name, string Value)> more,
        CancellationToken cancellationToken)
    {
        (string, string)[] settings =
        [
            ("CloudLb__DataDirectory", directory),
            ("CloudLb__Url", url.GetLeftPart(UriPartial.Authority)),
            ("CloudLb__AddressPool", addressPool),
            ("CloudLb__AccessKeyId", AccessKeyId),
            ("CloudLb__SecretAccessKey", SecretAccessKey),
            ("CloudLb__Quotas__classic-load-balancers", "20000"),
            .. more,
        ];
        return new(
            await ChildProcess.StartAsync(workplace.Server, ["serve"], settings, "CloudLb is ready", cancellationToken), directory, url,
            addressPool);
    }

    /// <summary>
    /// Ends the server, which ends its HAProxy; what is left all the same is ended by its id, so that a benchmark leaves nothing behind.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        foreach (var id in HAProxyProcess.Of(DataDirectory))
        {
            Console.Error.WriteLine($"HAProxy process {id} outlived the server that had started it.");
            using var left = Process.GetProcessById(id);
            left.Kill();
        }
    }
}
