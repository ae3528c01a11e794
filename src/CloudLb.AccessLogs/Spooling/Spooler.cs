using System.Text;
using CloudLb.AccessLogs.Writing;
using CloudLb.Core;
using CloudLb.Core.AccessLogs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudLb.AccessLogs.Spooling;

/// <summary>Reads what the data plane has logged, about once a second, and writes it into the spool.</summary>
internal sealed partial class Spooler(
    IAccessLogSource source, LoggedLoadBalancers loadBalancers, WaitingLines waiting, IOptions<AccessLogOptions> options, string directory,
    TimeProvider clock, ILogger<Spooler> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // What is done again after a crash; each takes a wait for the disk.
    private static readonly TimeSpan CheckpointInterval = TimeSpan.FromSeconds(5);

    // From the time that a line bears until it is in the file are microseconds, unless its thread is kept from running in between. What
    // comes later still is delivered as one more object of the interval.
    private static readonly TimeSpan Lateness = TimeSpan.FromSeconds(3);

    private readonly List<AccessLogEntry> _entries = [];
    private readonly GatheredLines _requests = new(loadBalancers, LogKind.Access);
    private readonly GatheredLines _connections = new(loadBalancers, LogKind.Connections);
    private readonly Lock _turn = new();
    private volatile Spool? _spool;
    private TimeSpan? _checkpointAt;
    private bool _isFailing;

    /// <summary>What waits for its delivery.</summary>
    public IReadOnlyList<SpoolFile> Ready => _spool?.Ready ?? [];

    /// <summary>One look at everything that there is.</summary>
    public void Pass(bool isLast)
    {
        lock (_turn)
        {
            var spool = _spool ??= Spool.Open(directory, logger);
            loadBalancers.Refresh();
            var parts = source.Parts();
            foreach (var part in parts)
            {
                Read(spool, part);
            }

            AppendWaiting(spool);
            var hasClosed = spool.CloseUntil(clock.GetUtcNow() - Lateness);
            spool.Shrink(options.Value.MaxSpoolSize * (1L << 20));
            var now = clock.GetSteadyTime();
            if (hasClosed || isLast || _checkpointAt is null || now - _checkpointAt >= CheckpointInterval)
            {
                _checkpointAt = now;
                Settle(spool, parts);
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        TryPass(isLast: true);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        do
        {
            TryPass(isLast: false);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void TryPass(bool isLast)
    {
        try
        {
            Pass(isLast);
            if (_isFailing)
            {
                Log.Recovered(logger);
            }

            _isFailing = false;
        }
        catch (Exception exception)
        {
            // A full disk, for one. What was done since the last checkpoint is done again from there.
            _spool = null;
            if (!_isFailing)
            {
                Log.PassFailed(logger, exception);
            }

            _isFailing = true;
        }
    }

    private void Read(Spool spool, AccessLogPart part)
    {
        for (var position = spool.Position(part.Name); position < part.Length;)
        {
            var next = source.Read(part.Name, position, _entries);
            if (next == position)
            {
                return;
            }

            try
            {
                Append(spool);
            }
            finally
            {
                _entries.Clear();
                _requests.Clear();
                _connections.Clear();
            }

            spool.SetPosition(part.Name, position = next);
        }
    }

    private void Append(Spool spool)
    {
        foreach (var entry in _entries)
        {
            if (!entry.IsOfConnectionAlone && _requests.TryFind(entry, out var accessed, out var requests))
            {
                AccessLogLine.Append(requests, entry, accessed);
            }

            if (entry.Connection is { } connection && _connections.TryFind(entry, out var connected, out var connections))
            {
                ConnectionLogLine.Append(connections, entry, connection, connected);
            }
        }

        _requests.MoveTo(spool);
        _connections.MoveTo(spool);
    }

    private void AppendWaiting(Spool spool)
    {
        foreach (var group in waiting.Take().GroupBy(
            line => (line.LoadBalancer, End: ObjectName.End(line.At, line.LoadBalancer.AccessLog.Interval)), line => line.Line))
        {
            spool.Append(group.Key.LoadBalancer, group.Key.End, Encoding.ASCII.GetBytes(string.Concat(group)));
        }
    }

    /// <summary>In this order: what the source gives up must have been written down.</summary>
    private void Settle(Spool spool, IReadOnlyList<AccessLogPart> parts)
    {
        if (spool.IsDirty)
        {
            spool.Commit(parts.Select(part => part.Name).ToHashSet());
        }

        foreach (var part in parts)
        {
            source.Release(part.Name, spool.Position(part.Name));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            7005, LogLevel.Error, "Access logs could not be written to the spool; what is logged stays where it is, and it is tried again")]
        public static partial void PassFailed(ILogger logger, Exception exception);

        [LoggerMessage(7010, LogLevel.Warning, "Access logs are written to the spool again")]
        public static partial void Recovered(ILogger logger);
    }
}
