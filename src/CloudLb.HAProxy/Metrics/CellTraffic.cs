using System.Collections.Concurrent;
using CloudLb.Core.Traffic.Counters;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Metrics;

/// <summary>
/// Adds up what the processes of a cell have counted, so that nothing is lost or counted twice when one follows another. Safe to use from
/// any thread.
/// </summary>
/// <param name="path">Where the totals are written down.</param>
/// <param name="isKnown">Whether the cell has a load balancer.</param>
/// <param name="zoneOf">The zone of a load balancer's instance; null when none is known.</param>
internal sealed class CellTraffic(string path, Func<LoadBalancerId, bool> isKnown, Func<LoadBalancerId, string, string?> zoneOf)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<LoadBalancerId, TrafficTotals> _totals = [];
    private readonly List<ProcessReadings> _processes = [];
    private readonly ConcurrentDictionary<LoadBalancerId, LoadBalancerTraffic> _shown = new();

    /// <summary>What has been written down.</summary>
    public IEnumerable<LoadBalancerTraffic> Shown => _shown.Values.Where(traffic => isKnown(traffic.Id));

    /// <summary>What has been written down of one load balancer; null where nothing has, or the cell does not have it.</summary>
    public LoadBalancerTraffic? Find(LoadBalancerId key) => isKnown(key) ? _shown.GetValueOrDefault(key) : null;

    /// <summary>Load balancers whose totals were found and that the cell does not have, or not yet.</summary>
    public IReadOnlyList<LoadBalancerId> Unknown
    {
        get
        {
            lock (_lock)
            {
                return [.. _totals.Keys.Where(key => !isKnown(key))];
            }
        }
    }

    /// <summary>Goes on from what an earlier CloudLb has written down.</summary>
    public void Load()
    {
        lock (_lock)
        {
            TrafficFile.Read(path, zoneOf, _totals, _processes);
            Show();
        }
    }

    /// <param name="processId">The process that answered.</param>
    /// <param name="generation">Its number.</param>
    /// <param name="text">Its answer to <c>show stat</c>.</param>
    /// <param name="isWhole">Whether it tells of all there is.</param>
    /// <param name="now">The steady time.</param>
    public void Add(int processId, long generation, string text, bool isWhole, TimeSpan now)
    {
        lock (_lock)
        {
            var process = _processes.Find(known => known.ProcessId == processId && known.Generation == generation);
            if (process is null)
            {
                _processes.Add(process = new(processId, generation, zoneOf));
            }

            var others = _processes.Where(other => other != process).ToList();
            process.Add(text, isWhole, TotalsOf, others, others.TrueForAll(other => other.Generation < generation), now);
        }
    }

    /// <summary>A server has been deleted from a process.</summary>
    public void Forget(int processId, string pool, string instance)
    {
        lock (_lock)
        {
            _processes.Find(known => known.ProcessId == processId)?.Forget($"{pool},{instance}");
        }
    }

    /// <summary>The load balancer is gone, or goes to another cell.</summary>
    /// <returns>Its totals; null when it has none.</returns>
    public TrafficTotals? Remove(LoadBalancerId key)
    {
        lock (_lock)
        {
            _shown.TryRemove(key, out _);
            return _totals.Remove(key, out var totals) ? totals : null;
        }
    }

    /// <summary>Takes up the totals of a load balancer that was in another cell. Those that this one has already are newer.</summary>
    public void Take(LoadBalancerId key, TrafficTotals totals)
    {
        lock (_lock)
        {
            if (_totals.TryAdd(key, totals))
            {
                totals.IsUnwritten = true;
                _shown[key] = totals.Show(key);
            }
        }
    }

    /// <summary>Writes down what has been added, and shows it then: what was once seen is never more than what a restart finds.</summary>
    /// <param name="isRunning">Whether a process may still be asked.</param>
    /// <param name="now">The steady time.</param>
    public void Save(Func<int, bool> isRunning, TimeSpan now)
    {
        lock (_lock)
        {
            foreach (var gone in _processes.Where(process => !isRunning(process.ProcessId)).ToList())
            {
                _processes.Remove(gone);
                gone.End(TotalsOf, _processes);
            }

            foreach (var totals in _totals.Values)
            {
                totals.Age(now);
            }

            if (_totals.Values.Any(totals => totals.IsUnwritten))
            {
                TrafficFile.Write(path, _totals, _processes);
            }

            Show();
        }
    }

    private TrafficTotals? TotalsOf(LoadBalancerId key) =>
        _totals.TryGetValue(key, out var known) ? known : isKnown(key) ? _totals[key] = new() : null;

    private void Show()
    {
        foreach (var (key, totals) in _totals)
        {
            totals.IsUnwritten = false;
            if (totals.IsChanged)
            {
                _shown[key] = totals.Show(key);
            }
        }
    }
}
