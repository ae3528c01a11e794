using System.Text;
using System.Text.Json;
using CloudLb.Core.Traffic.Counters;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Machine;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Metrics;

/// <summary>
/// The totals of a cell and what its processes said last, so that the next CloudLb goes on from there: a JSON object a line, the load
/// balancers first.
/// </summary>
internal static class TrafficFile
{
    public static void Write(
        string path, IEnumerable<KeyValuePair<LoadBalancerId, TrafficTotals>> totals, IEnumerable<ProcessReadings> processes)
    {
        var text = new StringBuilder();
        foreach (var (key, of) in totals)
        {
            Append(text, new Line { LoadBalancer = ProxyName.OfLoadBalancer(key), Counters = of.Counters, Zones = of.Zones });
        }

        foreach (var process in processes)
        {
            Append(text, new Line { ProcessId = process.ProcessId, Generation = process.Generation });
            foreach (var (name, reading) in process.Lines.Where(
                line => line.Value.LoadBalancer is not null && line.Value.Values.Any(value => value != 0)))
            {
                Append(text, new Line { Name = name, Zone = reading.Zone, Counters = reading.Values, Owed = reading.Owed });
            }

            foreach (var (key, owed) in process.Owed.Where(pair => pair.Value.Any(value => value != 0)))
            {
                Append(text, new Line { LoadBalancer = ProxyName.OfLoadBalancer(key), Counters = owed, IsOwed = true });
            }
        }

        // On the disk or nowhere: what a reboot took from memory would make the totals go back.
        PrivateFile.Write(path, text.ToString(), isDurable: false, isForDiskAlone: true);
    }

    /// <summary>Reads what was written. Of a file that cannot be read as far as its end, or not at all, what comes before counts.</summary>
    public static void Read(
        string path, Func<LoadBalancerId, string, string?> zoneOf, IDictionary<LoadBalancerId, TrafficTotals> totals,
        ICollection<ProcessReadings> processes)
    {
        try
        {
            foreach (var text in File.Exists(path) ? File.ReadLines(path) : [])
            {
                Read(JsonSerializer.Deserialize<Line>(text) ?? throw new JsonException("A line is no object."), zoneOf, totals, processes);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            // Counters that begin anew are what monitoring expects of a machine whose disk was lost.
        }
    }

    private static void Read(
        Line line, Func<LoadBalancerId, string, string?> zoneOf, IDictionary<LoadBalancerId, TrafficTotals> totals,
        ICollection<ProcessReadings> processes)
    {
        if (line.ProcessId is { } processId)
        {
            processes.Add(new(processId, line.Generation, zoneOf));
        }
        else if (line.LoadBalancer is { } text && Id(text) is { } key)
        {
            if (line.IsOwed)
            {
                Latest(processes).Owed[key] = Sized(line.Counters, ProcessReadings.OwedCount);
            }
            else
            {
                var zones = line.Zones ?? [];
                totals[key] = new()
                {
                    Counters = Sized(line.Counters, Enum.GetValues<LoadBalancerCounter>().Length),
                    Zones = zones.ToDictionary(zone => zone.Key, zone => Sized(zone.Value, Enum.GetValues<ZoneCounter>().Length)),
                };
            }
        }
        else if (line.Name is { } name && name.IndexOf(',') is > 0 and var comma && ProxyName.TryParse(name[..comma], out var owner, out _))
        {
            Latest(processes).Restore(
                name, new(owner, line.Zone ?? "") { Values = Sized(line.Counters, Reading.ValueCount), Owed = line.Owed });
        }
    }

    private static ProcessReadings Latest(IEnumerable<ProcessReadings> processes) =>
        processes.LastOrDefault() ?? throw new JsonException("What a process said comes before the process.");

    private static void Append(StringBuilder text, Line line) => text.Append(JsonSerializer.Serialize(line, Options)).Append('\n');

    /// <summary>A version that knows more counters finds those of one before at 0.</summary>
    private static long[] Sized(long[]? values, int count) => [.. (values ?? []).Concat(Enumerable.Repeat(0L, count)).Take(count)];

    private static LoadBalancerId? Id(string text) => ProxyName.TryParseLoadBalancer(text, out var id) ? id : null;

    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault,
    };

    private sealed record Line
    {
        public string? LoadBalancer { get; init; }

        public int? ProcessId { get; init; }

        public long Generation { get; init; }

        public string? Name { get; init; }

        public string? Zone { get; init; }

        public long[]? Counters { get; init; }

        public Dictionary<string, long[]>? Zones { get; init; }

        public long Owed { get; init; }

        public bool IsOwed { get; init; }
    }
}
