using CloudLb.Core.Traffic.Counters;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Metrics;

/// <summary>The totals of one load balancer while they are added up. Used under its cell's gate alone.</summary>
internal sealed class TrafficTotals
{
    /// <summary>CloudWatch's period.</summary>
    private static readonly TimeSpan QueuePeriod = TimeSpan.FromMinutes(1);

    private readonly Queue<(TimeSpan At, long Length)> _queue = new();

    public long[] Counters { get; init; } = new long[Enum.GetValues<LoadBalancerCounter>().Length];

    /// <summary>In the order of <see cref="ZoneCounter"/>, by zone.</summary>
    public Dictionary<string, long[]> Zones { get; init; } = [];

    public long Connections { get; private set; }

    /// <summary>Whether a counter has grown since the totals were last written down.</summary>
    public bool IsUnwritten { get; set; }

    /// <summary>Whether <see cref="Show"/> would give something else than before.</summary>
    public bool IsChanged { get; private set; } = true;

    public void Add(LoadBalancerCounter counter, long count)
    {
        if (count > 0)
        {
            Counters[(int)counter] += count;
            IsUnwritten = IsChanged = true;
        }
    }

    public void Add(string zone, ZoneCounter counter, long count)
    {
        if (count > 0)
        {
            if (!Zones.TryGetValue(zone, out var counters))
            {
                Zones[zone] = counters = new long[Enum.GetValues<ZoneCounter>().Length];
            }

            counters[(int)counter] += count;
            IsUnwritten = IsChanged = true;
        }
    }

    public void AddConnections(long count)
    {
        Connections += count;
        IsChanged |= count != 0;
    }

    /// <summary>Takes up how many waited at most since the reading before.</summary>
    public void NoteQueue(long length, TimeSpan now)
    {
        if (length > 0)
        {
            _queue.Enqueue((now, length));
            IsChanged = true;
        }
    }

    /// <summary>Lets go of what is older than the period.</summary>
    public void Age(TimeSpan now)
    {
        while (_queue.TryPeek(out var oldest) && now - oldest.At >= QueuePeriod)
        {
            _queue.Dequeue();
            IsChanged = true;
        }
    }

    public LoadBalancerTraffic Show(LoadBalancerId key)
    {
        IsChanged = false;
        return new(
            key, [.. Counters], Zones.ToDictionary(zone => zone.Key, zone => zone.Value.ToArray()), Connections,
            _queue.Select(entry => entry.Length).DefaultIfEmpty().Max());
    }
}
