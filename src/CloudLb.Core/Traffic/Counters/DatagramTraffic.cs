using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Core.Traffic.Counters;

/// <summary>What listeners of datagrams have carried.</summary>
/// <param name="Id">Whose they are.</param>
/// <param name="Flows">That clients have begun.</param>
/// <param name="ActiveFlows">Those of them that had not ended when it was looked at last.</param>
/// <param name="Bytes">From clients and to them, of flows that have ended.</param>
public sealed record DatagramTraffic(LoadBalancerId Id, long Flows, long ActiveFlows, long Bytes);
