using CloudLb.Core.Traffic.Counters;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Metrics;

/// <summary>What one process said when it was last read, so that the next reading adds only what is new.</summary>
/// <param name="processId">The process.</param>
/// <param name="generation">Its number within the cell, lest another one of the same id be taken for it.</param>
/// <param name="zoneOf">The zone of an instance; null when none is known.</param>
internal sealed class ProcessReadings(int processId, long generation, Func<LoadBalancerId, string, string?> zoneOf)
{
    public const int OwedCount = 3;

    private readonly Range[] _room = StatLine.Room();
    private readonly Dictionary<string, Reading> _lines = [];
    private long _readings;

    public int ProcessId { get; } = processId;

    public long Generation { get; } = generation;

    /// <summary>The name of each line as in <see cref="StatLine.Name"/>, and what it said.</summary>
    public IReadOnlyDictionary<string, Reading> Lines => _lines;

    /// <summary>
    /// For each load balancer, of 4xx, 5xx and denials: what has been counted nearer to the instances and not yet at the listeners, as a
    /// number less than 0. An instance's answer counts when it begins, a client's when it has ended; what clients got beyond that, the load
    /// balancer answered by itself. More than 0 is what a process that finishes has given clients and may have passed on: it stands here
    /// until the process that it went to has been read, too.
    /// </summary>
    public Dictionary<LoadBalancerId, long[]> Owed { get; } = [];

    // What of that was more than 0 after the last reading.
    private readonly Dictionary<LoadBalancerId, long[]> _held = [];

    public void Restore(string name, Reading reading) => _lines[name] = reading;

    /// <summary>Adds to the totals what the process has counted since it was last read.</summary>
    /// <param name="text">An answer to <c>show stat</c>.</param>
    /// <param name="isWhole">Whether it tells of all there is; what it does not tell of is forgotten then.</param>
    /// <param name="totalsOf">
    /// The totals of a load balancer; null for one that is gone, whose connections the process still finishes.
    /// </param>
    /// <param name="others">
    /// The cell's other processes: a request that one of them has passed on is counted at its listener there and at its instance here.
    /// </param>
    /// <param name="isNewest">Whether it serves, and so passes nothing on.</param>
    /// <param name="now">The steady time.</param>
    public void Add(
        string text, bool isWhole, Func<LoadBalancerId, TrafficTotals?> totalsOf, IReadOnlyList<ProcessReadings> others, bool isNewest,
        TimeSpan now)
    {
        _readings++;
        var byName = _lines.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (!StatLine.TryRead(line, _room, out var stat))
            {
                continue;
            }

            if (!byName.TryGetValue(stat.Name, out var reading))
            {
                byName[stat.Name] = reading = First(stat);
            }

            reading.SeenIn = _readings;
            if (reading.LoadBalancer is { } key)
            {
                Add(stat, reading, key, totalsOf(key) ?? new(), now);
            }
        }

        Settle(totalsOf, others, isLast: isNewest);
        if (isWhole)
        {
            foreach (var (name, reading) in _lines.Where(line => line.Value.SeenIn != _readings).ToList())
            {
                Forget(name, reading, totalsOf);
            }
        }
    }

    /// <summary>The server has been deleted: one that comes by its name begins at 0.</summary>
    public void Forget(string name) => _lines.Remove(name);

    /// <summary>The process is gone, and its connections with it.</summary>
    public void End(Func<LoadBalancerId, TrafficTotals?> totalsOf, IReadOnlyList<ProcessReadings> others)
    {
        Settle(totalsOf, others, isLast: true);
        foreach (var (name, reading) in _lines.ToList())
        {
            Forget(name, reading, totalsOf);
        }
    }

    private void Forget(string name, Reading reading, Func<LoadBalancerId, TrafficTotals?> totalsOf)
    {
        _lines.Remove(name);
        if (reading is { LoadBalancer: { } key, Connections: > 0 })
        {
            totalsOf(key)?.AddConnections(-reading.Connections);
        }
    }

    private Reading First(StatLine stat) => Naming.ProxyName.TryParse(stat.Proxy.ToString(), out var key, out _)
        ? new(key, stat.IsServer ? zoneOf(key, stat.Server.ToString()) ?? "" : "")
        : new(null, "");

    private void Add(StatLine stat, Reading reading, LoadBalancerId key, TrafficTotals totals, TimeSpan now)
    {
        if (stat.IsFrontend)
        {
            AddListener(stat, reading, key, totals);
        }
        else if (stat.IsServer)
        {
            AddMember(stat, reading, key, totals);
        }
        else if (stat.IsPool)
        {
            var denials = reading.Take(0, stat[StatColumn.RequestsDenied]);
            Owe(key, 2, -denials);
            totals.Add(LoadBalancerCounter.Spillover, denials);
            totals.NoteQueue(stat[StatColumn.QueueMaximum], now);
        }
    }

    private void AddListener(StatLine stat, Reading reading, LoadBalancerId key, TrafficTotals totals)
    {
        totals.Add(LoadBalancerCounter.ProcessedBytes, reading.Take(0, stat[StatColumn.BytesIn] + stat[StatColumn.BytesOut]));
        totals.Add(LoadBalancerCounter.NewConnections, reading.Take(1, stat[StatColumn.ConnectionsTotal]));
        Owe(key, 0, reading.Take(2, stat[StatColumn.Answers4xx]));
        Owe(key, 1, reading.Take(3, stat[StatColumn.Answers5xx]));
        var (errors, denials) = (reading.Take(4, stat[StatColumn.RequestErrors]), reading.Take(5, stat[StatColumn.RequestsDenied]));
        if (stat.IsHttp)
        {
            // What a full queue refuses is counted in the pool as well; what the listener alone denies, the rules against desync have
            // denied.
            totals.Add(LoadBalancerCounter.NonCompliantRequests, errors);
            Owe(key, 2, denials);
        }
        else
        {
            totals.Add(LoadBalancerCounter.Spillover, denials);
        }

        totals.AddConnections(stat[StatColumn.Sessions] - reading.Connections);
        reading.Connections = stat[StatColumn.Sessions];
    }

    private void AddMember(StatLine stat, Reading reading, LoadBalancerId key, TrafficTotals totals)
    {
        var failures = reading.Take(1, stat[StatColumn.ConnectionErrors] + stat[StatColumn.Retries] + stat[StatColumn.Redispatches]);
        var requests = stat.IsHttp
            ? reading.Take(0, stat[StatColumn.RequestsTotal]) + reading.Take(7, stat[StatColumn.AnswersFailed])
            : Connected(reading, reading.Take(0, stat[StatColumn.SessionsTotal]) - failures);
        var (answers2xx, answers3xx) = (reading.Take(2, stat[StatColumn.Answers2xx]), reading.Take(3, stat[StatColumn.Answers3xx]));
        var (answers4xx, answers5xx) = (reading.Take(4, stat[StatColumn.Answers4xx]), reading.Take(5, stat[StatColumn.Answers5xx]));
        var checks = reading.Take(6, stat[StatColumn.ChecksFailed]);
        Owe(key, 0, -answers4xx);
        Owe(key, 1, -answers5xx);
        var timed = stat.IsHttp ? answers2xx + answers3xx + answers4xx + answers5xx : requests;
        totals.Add(reading.Zone, ZoneCounter.Requests, requests);
        totals.Add(reading.Zone, ZoneCounter.Answers2xx, answers2xx);
        totals.Add(reading.Zone, ZoneCounter.Answers3xx, answers3xx);
        totals.Add(reading.Zone, ZoneCounter.Answers4xx, answers4xx);
        totals.Add(reading.Zone, ZoneCounter.Answers5xx, answers5xx);
        totals.Add(reading.Zone, ZoneCounter.LatencyCount, timed);
        totals.Add(
            reading.Zone, ZoneCounter.LatencyMilliseconds, timed * stat[stat.IsHttp ? StatColumn.ResponseTime : StatColumn.ConnectTime]);
        totals.Add(reading.Zone, ZoneCounter.ConnectionErrors, failures + (stat.HasCheckNotConnected ? checks : 0));
    }

    /// <summary>An attempt to connect counts when it begins, and as a failure up to a second after it has failed.</summary>
    private static long Connected(Reading reading, long connections)
    {
        var owed = reading.Owed + connections;
        reading.Owed = Math.Min(0, owed);
        return Math.Max(0, owed);
    }

    private void Owe(LoadBalancerId key, int index, long count)
    {
        if (count != 0)
        {
            if (!Owed.TryGetValue(key, out var owed))
            {
                Owed[key] = owed = new long[OwedCount];
            }

            owed[index] += count;
        }
    }

    /// <summary>
    /// What one process has given clients and another has counted at an instance is no answer of the load balancer's own.
    /// </summary>
    private static void Balance(long[] owed, long[] other)
    {
        for (var index = 0; index < OwedCount; index++)
        {
            var taken = Math.Min(Math.Max(0, owed[index]), Math.Max(0, -other[index]));
            owed[index] -= taken;
            other[index] += taken;
        }
    }

    /// <summary>After a reading: what clients got beyond what instances gave is the load balancer's own.</summary>
    private void Settle(Func<LoadBalancerId, TrafficTotals?> totalsOf, IReadOnlyList<ProcessReadings> others, bool isLast)
    {
        Span<long> own = stackalloc long[OwedCount];
        foreach (var (key, owed) in Owed)
        {
            foreach (var other in others.Select(other => other.Owed.GetValueOrDefault(key)).OfType<long[]>())
            {
                Balance(owed, other);
                Balance(other, owed);
            }

            var held = _held.GetValueOrDefault(key);
            if (held is null && !isLast && owed.Any(count => count > 0))
            {
                _held[key] = held = new long[OwedCount];
            }

            for (var index = 0; index < OwedCount; index++)
            {
                own[index] = Math.Max(0, isLast ? owed[index] : Math.Min(owed[index], held?[index] ?? 0));
                owed[index] -= own[index];
                if (held is not null)
                {
                    held[index] = Math.Max(0, owed[index]);
                }
            }

            if (totalsOf(key) is { } totals)
            {
                totals.Add(LoadBalancerCounter.Own4xx, own[0]);
                totals.Add(LoadBalancerCounter.Own5xx, own[1]);
                totals.Add(LoadBalancerCounter.NonCompliantRequests, own[2]);
            }
        }
    }
}
