using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;
using CloudLb.Core.Resources;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudLb.Core.Inventory;

/// <summary>
/// Answers from the inventory file, from the id itself where it is an address, from the EC2 endpoint if there is one, and from the system's
/// resolver, in this order.
/// </summary>
/// <remarks>Keeps what it knows in memory; one loop looks at the file and resolves registered host names again.</remarks>
public sealed partial class Inventory(
    InventoryFileReader file, IResourceStore store, ChangeSignal changes, IOptions<InventoryOptions> options, TimeProvider clock,
    ILogger<Inventory> logger, EndpointInventory? endpoint = null) : BackgroundService, IInventory
{
    private static readonly TimeSpan ResolveTimeout = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, IPAddress> _resolved = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _merging = new();
    private long _version;
    private (InventoryContent File, EndpointState State, InventoryContent Merged)? _merged;

    public long Version => Interlocked.Read(ref _version) + (endpoint?.Version ?? 0);

    /// <remarks>The same object while nothing has changed.</remarks>
    public InventoryContent Listed
    {
        get
        {
            if (endpoint is null)
            {
                return file.Content;
            }

            lock (_merging)
            {
                var (content, state) = (file.Content, endpoint.State);
                if (_merged is not { } merged || merged.File != content || merged.State != state)
                {
                    _merged = merged = (content, state, InventoryMerge.Of(content, state, endpoint.Region));
                }

                return merged.Merged;
            }
        }
    }

    public InventoryInstance? Known(string instanceId)
    {
        if (file.Instances.TryGetValue(instanceId, out var listed))
        {
            return listed;
        }

        if (InstanceId.TryParseAddress(instanceId, out var address))
        {
            return new(instanceId, address, null);
        }

        if (endpoint?.Known(instanceId)?.ToInventory() is { } found)
        {
            return found;
        }

        return _resolved.TryGetValue(instanceId, out var resolved) ? new(instanceId, resolved, null) : null;
    }

    public bool IsTerminated(string instanceId) =>
        endpoint?.Known(instanceId) is { IsTerminated: true } && !file.Instances.ContainsKey(instanceId);

    public bool IsStopped(string instanceId) =>
        endpoint?.Known(instanceId) is { IsStopped: true } && !file.Instances.ContainsKey(instanceId);

    public bool IsPending(string instanceId) =>
        endpoint?.Known(instanceId) is { IsPending: true } && !file.Instances.ContainsKey(instanceId);

    public IReadOnlyList<string> Terminated => endpoint is null
        ? []
        : [.. endpoint.State.Instances.Values.Select(instance => instance.InstanceId).Where(IsTerminated)];

    public async ValueTask LookUpAsync(IReadOnlyList<string> instanceIds, CancellationToken cancellationToken)
    {
        ReadFile();
        if (endpoint is not null)
        {
            await endpoint.LookUpAsync(instanceIds.Where(id => !file.Instances.ContainsKey(id)), cancellationToken);
        }
    }

    public async ValueTask LookUpNetworksAsync(string region, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        ReadFile();
        if (endpoint?.Region == region)
        {
            var content = file.Content;
            await endpoint.LookUpNetworksAsync(
                ids.Where(
                    id => !content.Subnets.ContainsKey(id) && !content.SecurityGroups.ContainsKey(id) && !content.Vpcs.ContainsKey(id)),
                cancellationToken);
        }
    }

    public async ValueTask<InventoryInstance?> FindAsync(string instanceId, CancellationToken cancellationToken)
    {
        await LookUpAsync([instanceId], cancellationToken);
        if (file.Instances.ContainsKey(instanceId) || !InstanceId.IsHostName(instanceId))
        {
            return Known(instanceId);
        }

        var address = await ResolveAsync(instanceId, cancellationToken);
        return address is null ? Known(instanceId) : new(instanceId, address, null);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var nextResolve = clock.GetSteadyTime();
        while (true)
        {
            ReadFile();
            if (clock.GetSteadyTime() >= nextResolve)
            {
                await ResolveRegisteredAsync(stoppingToken);
                nextResolve = clock.GetSteadyTime() + options.Value.ResolveInterval;
            }

            await Task.Delay(options.Value.RefreshInterval, clock, stoppingToken);
        }
    }

    private void ReadFile()
    {
        if (file.ReadIfChanged())
        {
            Announce();
        }
    }

    private void Announce()
    {
        Interlocked.Increment(ref _version);
        changes.Raise();
    }

    /// <summary>Only names that are registered, or drain still, are kept fresh, so that names once asked for do not pile up.</summary>
    private async Task ResolveRegisteredAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var names = store.Current.InstancesInUse(now)
            .Where(id => !file.Instances.ContainsKey(id) && !InstanceId.TryParseAddress(id, out _) && InstanceId.IsHostName(id))
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        foreach (var forgotten in _resolved.Keys.Where(name => !names.Contains(name)))
        {
            _resolved.TryRemove(forgotten, out _);
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(names, parallel, async (name, token) => await ResolveAsync(name, token));
    }

    private async Task<IPAddress?> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(ResolveTimeout);
            var addresses = (await Dns.GetHostAddressesAsync(name, timeout.Token)).Where(InstanceId.IsUsable).ToList();

            // A name with several addresses keeps the one in use while the resolver still gives it; else IPv4 first, as most instances
            // listen there.
            var current = _resolved.GetValueOrDefault(name);
            var address = addresses.Contains(current!) ? current : addresses.OrderBy(found => found.AddressFamily).FirstOrDefault();
            if (address is not null && !address.Equals(current))
            {
                _resolved[name] = address;
                Log.Resolved(logger, name, address);
                Announce();
            }

            return address;
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            Log.Unresolved(logger, name, exception.Message);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4101, LogLevel.Information, "Host name {Name} is at {Address}")]
        public static partial void Resolved(ILogger logger, string name, IPAddress address);

        [LoggerMessage(4102, LogLevel.Warning, "Host name {Name} could not be resolved ({Reason}); what was known of it stays in force")]
        public static partial void Unresolved(ILogger logger, string name, string reason);
    }
}
