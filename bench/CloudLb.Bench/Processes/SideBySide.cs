using System.Net;

namespace CloudLb.Bench.Processes;

/// <summary>
/// Listeners of CloudLb's before two instances, and the same of an HAProxy and of an nginx that somebody has configured by hand: where they
/// are, and the processes that carry them.
/// </summary>
internal abstract class SideBySide : IAsyncDisposable
{
    /// <summary>Between two looks at what is waited for.</summary>
    protected static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private readonly List<IAsyncDisposable> _processes = [];

    protected SideBySide(Workplace workplace)
    {
        var network = workplace.Network();
        Workplace = workplace;
        Instances = [$"{network}.0.1", $"{network}.0.2"];
        (ByHand, Nginx) = (IPAddress.Parse($"{network}.1.1"), IPAddress.Parse($"{network}.1.2"));
    }

    /// <summary>Where CloudLb's listeners are.</summary>
    public IPAddress CloudLb { get; private set; } = IPAddress.None;

    public IPAddress ByHand { get; }

    public IPAddress Nginx { get; }

    /// <summary>Who carries CloudLb's connections.</summary>
    public IReadOnlyList<int> CloudLbProcesses { get; private set; } = [];

    public IReadOnlyList<int> ByHandProcesses { get; private set; } = [];

    public IReadOnlyList<int> NginxProcesses { get; private set; } = [];

    protected Workplace Workplace { get; }

    /// <summary>The addresses of the two instances.</summary>
    protected string[] Instances { get; }

    protected int InstancePort { get; } = Workplace.FreePort();

    /// <summary>The instances with their port.</summary>
    protected string[] Servers => [.. Instances.Select(instance => $"{instance}:{InstancePort}")];

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes.AsEnumerable().Reverse())
        {
            await process.DisposeAsync();
        }
    }

    /// <summary>Starts all of them, or ends those that have started.</summary>
    protected static async Task<T> StartAsync<T>(T listeners, CancellationToken cancellationToken)
        where T : SideBySide
    {
        try
        {
            await listeners.StartAllAsync(cancellationToken);
            return listeners;
        }
        catch
        {
            await listeners.DisposeAsync();
            throw;
        }
    }

    protected abstract Task StartAllAsync(CancellationToken cancellationToken);

    protected void Add(IAsyncDisposable process) => _processes.Add(process);

    protected async Task<T> AddAsync<T>(Task<T> starting)
        where T : IAsyncDisposable
    {
        var process = await starting;
        _processes.Add(process);
        return process;
    }

    protected async Task FindAsync(CloudLbProcess server, string loadBalancer, CancellationToken cancellationToken) =>
        CloudLb = await server.AddressAsync(loadBalancer, cancellationToken);

    /// <summary>
    /// Notes who carries what, when one process is left of CloudLb's: those before it, one for each change that took a new one, still end.
    /// </summary>
    protected async Task NoteProcessesAsync(
        CloudLbProcess server, ChildProcess byHand, ChildProcess nginx, CancellationToken cancellationToken)
    {
        while (HAProxyProcess.Of(server.DataDirectory).Count > 1)
        {
            await Task.Delay(Glance, TimeProvider.System, cancellationToken);
        }

        (CloudLbProcesses, ByHandProcesses, NginxProcesses) =
            (HAProxyProcess.Of(server.DataDirectory), [byHand.Id], NginxProcess.Of(nginx.Id));
    }
}
