using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Reconciliation;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudLb.Dns.Publishing;

/// <summary>
/// Has the name server know what names lead to: it holds what there is against what it has sent, every second, and sends the difference.
/// After a start, and every hour, it sends everything.
/// </summary>
internal sealed partial class NamePublisher(
    IResourceStore store, NameServer server, Func<Snapshot, IReadOnlyList<RecordSet>> wanted, PublishedNames names, UpdateProgram program,
    PublishingMetrics metrics, TimeProvider clock, ILogger<NamePublisher> logger) : BackgroundService
{
    /// <summary>A server journals each update; fifty names are one.</summary>
    private const int NamesAtOnce = 50;

    /// <summary>Whoever refuses as many does not mean the names: the key is another, say.</summary>
    private const int MostRefusedInARow = 3;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan WholeInterval = TimeSpan.FromHours(1);

    private readonly Backoff _backoff = new(TimeSpan.FromSeconds(2), LongestPause);
    private readonly Dictionary<string, RecordSet> _sent = [];
    private long _wholeSince;
    private string? _told;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _wholeSince = clock.GetTimestamp();
        while (true)
        {
            string? fault;
            try
            {
                fault = await PassAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                fault = exception.Message;
            }

            var pause = Interval;
            if (fault is not null)
            {
                pause = _backoff.Next();
                metrics.Failed();
                Log.NotTaken(logger, $"{server.Place}", server.Zone, fault, pause);
            }
            else
            {
                if (_told is not null)
                {
                    Log.TakesAgain(logger, $"{server.Place}", server.Zone);
                }

                _backoff.Reset();
            }

            _told = fault;
            await Task.Delay(pause, clock, stoppingToken);
        }
    }

    /// <returns>Why something was not taken; null when all was.</returns>
    private async Task<string?> PassAsync(CancellationToken cancellationToken)
    {
        if (clock.GetElapsedTime(_wholeSince) > WholeInterval)
        {
            _sent.Clear();
            _wholeSince = clock.GetTimestamp();
        }

        var sets = wanted(store.Current);
        var there = sets.Select(set => set.Name).ToHashSet();
        var waiting = names.All.Where(name => !there.Contains(name)).Select(name => new RecordSet(name, []))
            .Concat(sets.Where(set => _sent.GetValueOrDefault(set.Name) != set))
            .ToList();
        names.Add(waiting.Select(set => set.Name));
        string? fault = null;
        var done = 0;
        foreach (var chunk in waiting.Chunk(NamesAtOnce))
        {
            metrics.Stands(_sent.Count, waiting.Count - done);
            var (why, isRefused) = await SendAsync(chunk, cancellationToken);
            fault ??= why;
            if (why is not null && !isRefused)
            {
                break;
            }

            done += chunk.Length;
        }

        metrics.Stands(_sent.Count, waiting.Count(set => set.Addresses.Count == 0
            ? names.All.Contains(set.Name)
            : _sent.GetValueOrDefault(set.Name) != set));
        return fault;
    }

    /// <summary>Together, and where that is refused one by one: a name that the server does not want is in no other's way.</summary>
    private async Task<UpdateOutcome> SendAsync(IReadOnlyList<RecordSet> sets, CancellationToken cancellationToken)
    {
        var outcome = await program.SendAsync(sets, cancellationToken);
        if (outcome.Fault is null)
        {
            Note(sets);
            return outcome;
        }

        if (!outcome.IsRefused || sets.Count == 1)
        {
            return outcome;
        }

        string? fault = null;
        var inARow = 0;
        foreach (var set in sets)
        {
            var single = await SendAsync([set], cancellationToken);
            fault ??= single.Fault;
            inARow = single.Fault is null ? 0 : inARow + 1;
            if (single is { Fault: not null, IsRefused: false } || inARow == MostRefusedInARow)
            {
                return single with { IsRefused = false };
            }
        }

        return new(fault, IsRefused: true);
    }

    private void Note(IReadOnlyList<RecordSet> sets)
    {
        var gone = sets.Where(set => set.Addresses.Count == 0).Select(set => set.Name).ToList();
        names.Remove(gone);
        gone.ForEach(name => _sent.Remove(name));
        foreach (var set in sets.Where(set => set.Addresses.Count > 0))
        {
            _sent[set.Name] = set;
        }

        Log.Taken(logger, $"{server.Place}", sets.Count - gone.Count, gone.Count);
    }

    private static partial class Log
    {
        [LoggerMessage(9011, LogLevel.Information, "The name server {Server} has taken {Count} names, and removed {Gone}")]
        public static partial void Taken(ILogger logger, string server, int count, int gone);

        [LoggerMessage(
            9012, LogLevel.Warning,
            "The name server {Server} does not take names of {Zone}: {Reason}; tried again in {Pause} (DnsPublishing, docs/names.md)")]
        public static partial void NotTaken(ILogger logger, string server, string zone, string reason, TimeSpan pause);

        [LoggerMessage(9013, LogLevel.Information, "The name server {Server} takes names of {Zone} again")]
        public static partial void TakesAgain(ILogger logger, string server, string zone);
    }
}
