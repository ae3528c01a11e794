using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using CloudLb.Core.Accounts;
using CloudLb.Core.KeySets;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.OpenId.Fetching;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudLb.OpenId.KeySets;

/// <summary>
/// Fetches the key sets in use when they come into use and at every interval, and sooner while that fails. The last good ones stay in
/// force, over a restart too.
/// </summary>
/// <remarks>
/// Each is fetched by itself, and an account has few fetches under way at once, so that a provider that does not answer holds up nobody
/// else's.
/// </remarks>
internal sealed partial class FetchedKeySets(
    GuardedHttp http, IEnumerable<IKeySetUsers> users, ChangeSignal changes, IOptions<OpenIdOptions> options, KeySetFile file,
    TimeProvider clock, ILogger<FetchedKeySets> logger) : BackgroundService, IKeySets
{
    private const int MostFetchesOfAccount = 4;

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(250), FirstWait = TimeSpan.FromSeconds(1);

    private readonly Dictionary<KeySetId, Fetch> _fetches = [];
    private ImmutableDictionary<KeySetId, KeySet> _sets = Kept(file, logger);
    private long _version;
    private bool _isUnwritten;

    public long Version => Interlocked.Read(ref _version);

    public KeySet Find(KeySetId id) => Volatile.Read(ref _sets).GetValueOrDefault(id) ?? KeySet.Unknown;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                Look(stoppingToken);
                Write();
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.LookFailed(logger, exception);
            }

            await Task.Delay(LookInterval, clock, stoppingToken);
        }
    }

    private void Look(CancellationToken stoppingToken)
    {
        var used = users.SelectMany(user => user.Used()).ToHashSet();
        foreach (var gone in _fetches.Keys.Where(id => !used.Contains(id) && _fetches[id].Task.IsCompleted).ToList())
        {
            _fetches.Remove(gone);
        }

        foreach (var gone in _sets.Keys.Where(id => !used.Contains(id) && !_fetches.ContainsKey(id)).ToList())
        {
            ImmutableInterlocked.TryRemove(ref _sets, gone, out _);
            _isUnwritten = true;
        }

        var underWay = _fetches.Where(each => !each.Value.Task.IsCompleted)
            .GroupBy(each => each.Key.Account)
            .ToDictionary(group => group.Key, group => group.Count());
        foreach (var id in used)
        {
            if (!_fetches.TryGetValue(id, out var fetch))
            {
                _fetches[id] = fetch = new(new(FirstWait, options.Value.RefreshInterval), clock.GetTimestamp());
            }

            var ofAccount = underWay.GetValueOrDefault(id.Account);
            if (fetch.Task.IsCompleted && clock.GetElapsedTime(fetch.Due) >= TimeSpan.Zero && ofAccount < MostFetchesOfAccount)
            {
                underWay[id.Account] = ofAccount + 1;
                fetch.Task = FetchAsync(id, fetch, stoppingToken);
            }
        }
    }

    /// <summary>Ends without an exception, whatever becomes of it.</summary>
    private async Task FetchAsync(KeySetId id, Fetch fetch, CancellationToken stoppingToken)
    {
        await Task.Yield();
        var before = Find(id);
        try
        {
            var body = await http.GetAsync(id.Account, new(id.Url), KeySetText.Longest, stoppingToken);
            var keys = KeySetText.Read(Encoding.UTF8.GetString(body));
            Put(id, new(keys, null));
            fetch.Backoff.Reset();
            fetch.Due = After(options.Value.RefreshInterval);
            if (before.Fault is not null || before.Keys != keys)
            {
                Log.Fetched(logger, id.Account, id.Url, keys.Count);
            }
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            var fault = exception is FetchException ? exception.Message : "it cannot be read";
            Put(id, before with { Fault = fault });
            fetch.Due = After(fetch.Backoff.Next());
            if (before.Fault != fault)
            {
                var inForce = before.Keys.Count > 0 ? "those of its last good answer" : "not known yet, so that no token is taken";
                Log.NotFetched(logger, exception is FetchException ? null : exception, id.Account, id.Url, inForce, fault);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private void Put(KeySetId id, KeySet set)
    {
        var before = Find(id);
        ImmutableInterlocked.AddOrUpdate(ref _sets, id, set, (_, _) => set);
        if (before.Keys != set.Keys)
        {
            Volatile.Write(ref _isUnwritten, true);
            Interlocked.Increment(ref _version);
            changes.Raise();
        }
    }

    private void Write()
    {
        if (!Volatile.Read(ref _isUnwritten))
        {
            return;
        }

        Volatile.Write(ref _isUnwritten, false);
        try
        {
            file.Write(_sets.Where(set => set.Value.Keys.Count > 0).Select(set => (set.Key, set.Value.Keys)));
        }
        catch
        {
            Volatile.Write(ref _isUnwritten, true);
            throw;
        }
    }

    private long After(TimeSpan wait) => clock.GetTimestamp() + (long)(wait.TotalSeconds * clock.TimestampFrequency);

    private static ImmutableDictionary<KeySetId, KeySet> Kept(KeySetFile file, ILogger logger)
    {
        try
        {
            return file.Read().ToImmutableDictionary(set => set.Key, set => new KeySet(set.Value, null));
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            Log.NotRead(logger, exception);
            return ImmutableDictionary<KeySetId, KeySet>.Empty;
        }
    }

    private sealed class Fetch(Backoff backoff, long due)
    {
        public Backoff Backoff { get; } = backoff;

        /// <summary>When it begins again: a timestamp of the clock.</summary>
        public long Due { get; set; } = due;

        public Task Task { get; set; } = Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(8701, LogLevel.Information, "Account {Account}: {Count} keys of {Url} are in force")]
        public static partial void Fetched(ILogger logger, AccountId account, string url, int count);

        [LoggerMessage(8702, LogLevel.Warning, "Account {Account}: the keys of {Url} are {InForce}: {Fault}")]
        public static partial void NotFetched(
            ILogger logger, Exception? exception, AccountId account, string url, string inForce, string fault);

        [LoggerMessage(8703, LogLevel.Warning, "The kept keys of providers cannot be read; they are fetched anew")]
        public static partial void NotRead(ILogger logger, Exception exception);

        [LoggerMessage(8704, LogLevel.Error, "The keys of providers cannot be looked after; tried again in a moment")]
        public static partial void LookFailed(ILogger logger, Exception exception);
    }
}
