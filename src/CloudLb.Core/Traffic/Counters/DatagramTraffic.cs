using System.Collections.Immutable;
using System.Net;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Core.Traffic.Counters;

/// <summary>What listeners of datagrams have carried.</summary>
/// <param name="Id">Whose they are.</param>
/// <param name="Flows">That clients have begun.</param>
/// <param name="ActiveFlows">Those of them that had not ended when it was looked at last.</param>
/// <param name="Bytes">From clients and to them, of flows that have ended.</param>
public sealed record DatagramTraffic(LoadBalancerId Id, long Flows, long ActiveFlows, long Bytes)
{
    /// <summary>The process that carries them; null while none does.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Flows that began in a second, of those between the last two looks.</summary>
    public long PerSecond { get; init; }

    /// <summary>The active flows by where a member takes them; a place that has none is missing.</summary>
    public IReadOnlyDictionary<IPEndPoint, int> Places { get; init; } = ImmutableDictionary<IPEndPoint, int>.Empty;
}
