using System.Collections.Concurrent;
using System.Net;
using CloudLb.Core;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Reach;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.Server.Settings;

namespace CloudLb.Server.PoolAddresses;

/// <summary>
/// Has the interface have the load balancers' addresses, and no others of the pools: it looks every second at what there is, and asks the
/// process that may change it.
/// </summary>
internal sealed partial class PoolAddressKeeper(
    IResourceStore store, IReadOnlyList<IPNetwork> pools, PoolAddressOptions options, AddressHolderClient holder, TimeProvider clock,
    ILogger<PoolAddressKeeper> logger) : BackgroundService, IHeldAddresses
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1), RetryInterval = TimeSpan.FromSeconds(30);

    private readonly Backoff _backoff = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    private readonly Dictionary<IPAddress, TimeSpan> _unwanted = [];
    private readonly ConcurrentDictionary<IPAddress, (string Reason, TimeSpan At)> _refused = [];

    public string? WhyNotHeld(IPAddress address) => _refused.TryGetValue(address, out var refused) ? refused.Reason : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        string? told = null;
        while (true)
        {
            var pause = Interval;
            try
            {
                await PassAsync(stoppingToken);
                _backoff.Reset();
                told = null;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                pause = _backoff.Next();
                if (told != exception.Message)
                {
                    told = exception.Message;
                    Log.NoAnswer(logger, options.Socket, exception.Message);
                }
            }

            await Task.Delay(pause, clock, stoppingToken);
        }
    }

    private async Task PassAsync(CancellationToken cancellationToken)
    {
        var wanted = store.Current.InUse(Used.Address).Select(use => (IPAddress)use.Id)
            .Where(address => pools.Any(pool => pool.Contains(address))).ToHashSet();
        var held = (await holder.ListAsync(cancellationToken)).ToHashSet();
        var now = clock.GetSteadyTime();
        foreach (var address in wanted.Where(address => !held.Contains(address) && IsDue(address, now)))
        {
            await AddAsync(address, now, cancellationToken);
        }

        foreach (var address in _unwanted.Keys.Where(address => wanted.Contains(address) || !held.Contains(address)).ToList())
        {
            _unwanted.Remove(address);
        }

        foreach (var address in _refused.Keys.Where(address => !wanted.Contains(address)).ToList())
        {
            _refused.TryRemove(address, out _);
        }

        foreach (var address in held.Where(address => !wanted.Contains(address)))
        {
            _unwanted.TryAdd(address, now);
            if (now - _unwanted[address] >= options.RemoveAfter
                && await holder.DoAsync(new(AddressRequest.Remove, address), cancellationToken) is null)
            {
                Log.Removed(logger, address, options.Interface!);
            }
        }
    }

    private bool IsDue(IPAddress address, TimeSpan now) =>
        !_refused.TryGetValue(address, out var refused) || now - refused.At >= RetryInterval;

    private async Task AddAsync(IPAddress address, TimeSpan now, CancellationToken cancellationToken)
    {
        if (await holder.DoAsync(new(AddressRequest.Add, address), cancellationToken) is not { } reason)
        {
            _refused.TryRemove(address, out _);
            Log.Added(logger, address, options.Interface!);
            return;
        }

        if (_refused.GetValueOrDefault(address).Reason != reason)
        {
            Log.NotAdded(logger, address, options.Interface!, reason, RetryInterval);
        }

        _refused[address] = (reason, now);
    }

    private static partial class Log
    {
        [LoggerMessage(9101, LogLevel.Information, "The address {Address} is on {Interface}")]
        public static partial void Added(ILogger logger, IPAddress address, string @interface);

        [LoggerMessage(9102, LogLevel.Information, "The address {Address} was taken from {Interface}, as no load balancer has it")]
        public static partial void Removed(ILogger logger, IPAddress address, string @interface);

        [LoggerMessage(
            9103, LogLevel.Error,
            "The address {Address} of a load balancer was not put on {Interface}, so that no traffic comes there: {Reason}; tried again " +
            "every {Interval}")]
        public static partial void NotAdded(ILogger logger, IPAddress address, string @interface, string reason, TimeSpan interval);

        [LoggerMessage(
            9104, LogLevel.Error,
            "Addresses are neither added nor removed, as cloudlb hold-addresses does not answer at {Socket}: {Reason}; is " +
            "cloudlb-addresses.service running?")]
        public static partial void NoAnswer(ILogger logger, string socket, string reason);
    }
}
