using System.Collections.Concurrent;
using CloudLb.Core.Traffic.Counters;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.Nginx.Executable;
using CloudLb.Nginx.Files;
using CloudLb.Nginx.Instances;
using CloudLb.Nginx.Machine;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudLb.Nginx;

/// <summary>Serves the listeners of datagrams with nginx, a process for each load balancer that has some.</summary>
/// <remarks>Which members are given flows it is told by somebody else's checks.</remarks>
public sealed partial class NginxDataPlane : IDataPlane, IDatagramCounters, IDisposable
{
    // A start or a reload waits for nginx most of its time.
    private const int AtOnce = 4;

    private readonly NginxBinary _binary;
    private readonly NginxDirectory _directory;
    private readonly LoadBalancerServing _serving;
    private readonly NginxOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<NginxDataPlane> _logger;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ConcurrentDictionary<string, NginxInstance> _instances = [];
    private readonly ConcurrentDictionary<LoadBalancerId, IReadOnlyList<PlanFault>> _faults = [];
    private TrafficPlan? _planned;
    private volatile IReadOnlyList<DatagramTraffic> _traffic = [];

    internal NginxDataPlane(
        NginxBinary binary, NginxDirectory directory, IHealthSource health, IOptions<NginxOptions> options, TimeProvider clock,
        ILogger<NginxDataPlane> logger) =>
        (_binary, _directory, _serving, _options, _clock, _logger) =
            (binary, directory, new(binary, health, options.Value), options.Value, clock, logger);

    /// <inheritdoc/>
    public IReadOnlyList<PlanFault> Faults => [.. _faults.Values.SelectMany(faults => faults)];

    /// <inheritdoc/>
    public IEnumerable<DatagramTraffic> Traffic => _traffic;

    /// <inheritdoc/>
    public bool IsBehind => false;

    /// <inheritdoc/>
    /// <remarks>What fails for one load balancer keeps nobody from the others, and is told as its fault.</remarks>
    public async Task ApplyAsync(TrafficPlan plan, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            _planned = plan;
            Adopt();
            var wanted = plan.LoadBalancers.Select(planned => _directory.Of(planned.Id)).ToHashSet();
            foreach (var unwanted in _instances.Keys.Where(directory => !wanted.Contains(directory)).ToList())
            {
                await _instances[unwanted].EndAsync(isForgotten: true, cancellationToken);
                _instances.TryRemove(unwanted, out var ended);
                ended?.Dispose();
            }

            foreach (var id in _faults.Keys.Except(plan.LoadBalancers.Select(planned => planned.Id)).ToList())
            {
                _faults.TryRemove(id, out _);
            }

            await ServeAsync(plan, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<bool> KeepAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            Adopt();
            foreach (var instance in _instances.Values)
            {
                await instance.KeepAsync(cancellationToken);
            }

            return !_instances.IsEmpty;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        foreach (var instance in _instances.Values)
        {
            instance.Dispose();
        }

        _gate.Dispose();
    }

    /// <summary>Makes what runs follow the checks, and starts again what has died or hangs. Called often.</summary>
    internal async Task TendAsync(CancellationToken cancellationToken)
    {
        if (_planned is null or { LoadBalancers.Count: 0 })
        {
            return;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            await EndHungAsync(_planned, cancellationToken);
            await ServeAsync(_planned, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Looks at what the processes have carried. Called now and then.</summary>
    internal async Task CountAsync(CancellationToken cancellationToken)
    {
        if (_planned is not { LoadBalancers.Count: > 0 } plan)
        {
            _traffic = [];
            return;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            var sockets = ConnectedSockets.Read();
            _traffic =
            [
                .. plan.LoadBalancers.Select(planned => (planned.Id, Instance: _instances.GetValueOrDefault(_directory.Of(planned.Id))))
                    .Where(each => each.Instance is { Served: not null })
                    .Select(each => each.Instance!.Count(each.Id, sockets)),
            ];
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Ends all processes. Whose files stay, for the next CloudLb.</summary>
    internal async Task EndAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            Adopt();
            _planned = null;
            await Task.WhenAll(_instances.Values.Select(instance => instance.EndAsync(isForgotten: false, cancellationToken)));
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task EndHungAsync(TrafficPlan plan, CancellationToken cancellationToken)
    {
        foreach (var planned in plan.LoadBalancers)
        {
            if (_instances.GetValueOrDefault(_directory.Of(planned.Id)) is { } instance && instance.FindHung() is { } master)
            {
                Log.Hung(_logger, planned.Id.ToString(), master, _options.StartTimeout.TotalSeconds);
                try
                {
                    await instance.KillAsync(cancellationToken);
                }
                catch (NginxException exception)
                {
                    Log.NotEnded(_logger, planned.Id.ToString(), exception.Message);
                }
            }
        }
    }

    private void Adopt()
    {
        foreach (var directory in _directory.All.Where(directory => !_instances.ContainsKey(directory)))
        {
            var instance = InstanceAt(directory);
            instance.Adopt();
        }
    }

    private NginxInstance InstanceAt(string directory) =>
        _instances.GetOrAdd(directory, _ => new(directory, _binary, _options.StartTimeout, _clock));

    private Task ServeAsync(TrafficPlan plan, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        plan.LoadBalancers, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        async (planned, token) => Tell(planned.Id, await _serving.ServeAsync(planned, InstanceAt(_directory.Of(planned.Id)), token)));

    /// <summary>What is told already is not logged again.</summary>
    private void Tell(LoadBalancerId id, IReadOnlyList<PlanFault> faults)
    {
        var before = _faults.GetValueOrDefault(id, []);
        foreach (var fault in faults.Except(before))
        {
            Log.NotServed(_logger, id.ToString(), fault.Port ?? 0, fault.Reason);
        }

        foreach (var port in before.Select(fault => fault.Port).Except(faults.Select(fault => fault.Port)))
        {
            Log.Served(_logger, id.ToString(), port ?? 0);
        }

        _faults[id] = faults;
    }

    private static partial class Log
    {
        [LoggerMessage(5301, LogLevel.Error, "{LoadBalancer}: the listener for UDP on port {Port} is not served: {Reason}")]
        public static partial void NotServed(ILogger logger, string loadBalancer, int port, string reason);

        [LoggerMessage(
            5305, LogLevel.Error,
            "{LoadBalancer}: the nginx process {ProcessId} for UDP does not answer within {Seconds} s; it is killed and another started")]
        public static partial void Hung(ILogger logger, string loadBalancer, int processId, double seconds);

        [LoggerMessage(5306, LogLevel.Error, "{LoadBalancer}: {Reason}")]
        public static partial void NotEnded(ILogger logger, string loadBalancer, string reason);

        [LoggerMessage(5304, LogLevel.Information, "{LoadBalancer}: the listener for UDP on port {Port} is not at fault any more")]
        public static partial void Served(ILogger logger, string loadBalancer, int port);
    }
}
