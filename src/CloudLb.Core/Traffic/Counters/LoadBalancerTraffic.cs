using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Core.Traffic.Counters;

/// <summary>What has gone through one load balancer since it was made, over all processes that have served it. Immutable.</summary>
public sealed class LoadBalancerTraffic
{
    private readonly long[] _counters;
    private readonly Dictionary<string, long[]> _zones;

    public LoadBalancerTraffic(
        LoadBalancerId id, long[] counters, Dictionary<string, long[]> zones, long activeConnections, long surgeQueue)
    {
        (Id, ActiveConnections, SurgeQueue) = (id, activeConnections, surgeQueue);
        (_counters, _zones) = (counters, zones);
    }

    public LoadBalancerId Id { get; }

    /// <summary>Connections that clients had open when the processes were last asked.</summary>
    public long ActiveConnections { get; }

    /// <summary>The most that waited for an instance in one pool at once, in the last minute.</summary>
    public long SurgeQueue { get; }

    /// <summary>The zones whose instances have had traffic; empty for instances of no known zone.</summary>
    public IEnumerable<string> Zones => _zones.Keys;

    public long this[LoadBalancerCounter counter] => _counters[(int)counter];

    /// <summary>0 for a zone that has had none.</summary>
    public long this[string zone, ZoneCounter counter] => _zones.TryGetValue(zone, out var counters) ? counters[(int)counter] : 0;
}
