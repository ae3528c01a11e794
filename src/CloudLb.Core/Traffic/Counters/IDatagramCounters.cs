namespace CloudLb.Core.Traffic.Counters;

/// <summary>What a data plane has counted of datagrams. Safe to call from any thread; answers from memory.</summary>
public interface IDatagramCounters
{
    /// <summary>
    /// Of the load balancers that have listeners of datagrams. No figure but that of active flows goes back as long as there are any.
    /// </summary>
    IEnumerable<DatagramTraffic> Traffic { get; }
}
