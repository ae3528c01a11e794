using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace CloudLb.Cli.Control;

/// <summary>Asks the running server over its control socket, which only its own user can open.</summary>
public sealed class ControlClient : IDisposable
{
    /// <summary>Where the server answers; the part after the host of every URL.</summary>
    public const string LoadBalancersPath = "/load-balancers";

    /// <summary>Leaves out the load balancers of other names.</summary>
    public const string NameParameter = "name";

    /// <summary>How both sides write.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly string _socketPath;
    private readonly HttpClient _http;

    public ControlClient(string socketPath)
    {
        _socketPath = socketPath;
        _http = new(new SocketsHttpHandler { ConnectCallback = ConnectAsync }) { BaseAddress = new("http://cloudlb") };
    }

    /// <summary>All load balancers, in the order of account, region and name.</summary>
    public Task<IReadOnlyList<LoadBalancerStatus>> GetLoadBalancersAsync(CancellationToken cancellationToken) => GetAsync(LoadBalancersPath, cancellationToken);

    /// <summary>The load balancers of a name, one for each account and region that has it.</summary>
    public Task<IReadOnlyList<LoadBalancerStatus>> GetLoadBalancersAsync(string name, CancellationToken cancellationToken) =>
        GetAsync($"{LoadBalancersPath}?{NameParameter}={Uri.EscapeDataString(name)}", cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<IReadOnlyList<LoadBalancerStatus>> GetAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.GetFromJsonAsync<IReadOnlyList<LoadBalancerStatus>>(path, Json, cancellationToken) ?? [];
        }
        catch (HttpRequestException)
        {
            throw new CommandException(
                $"CloudLb does not answer on {_socketPath}. Is it running, with this data directory, under this user? " +
                "Start it with 'cloudlb serve', or name its data directory with --DataDirectory.");
        }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_socketPath), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
