using CloudLb.Cli.Control;
using CloudLb.Core.Traffic.Counters;
using CloudLb.Core.Traffic.Told;

namespace CloudLb.Operator.Status;

/// <summary>Adds to what is shown of a load balancer what its listeners of datagrams carry.</summary>
internal sealed class DatagramReport(IDatagramCounters datagrams)
{
    // The API's words.
    private const string Datagrams = "UDP", Both = "TCP_UDP";

    /// <summary>The same, with flows; as it was where no listener of datagrams is served.</summary>
    public LoadBalancerStatus Add(LoadBalancerStatus status, ToldLoadBalancer told)
    {
        if (datagrams.Traffic.FirstOrDefault(each => each.Id == told.Id) is not { } traffic)
        {
            return status;
        }

        var (pools, others) = (PoolsOf(told, [Datagrams, Both]), PoolsOf(told, [Both]));
        return status with
        {
            Datagrams = new()
            {
                ProcessId = traffic.ProcessId, Flows = traffic.Flows, ActiveFlows = traffic.ActiveFlows, Bytes = traffic.Bytes,
            },
            Instances =
            [
                .. status.Instances.Zip(told.Instances, (shown, instance) => instance.Member is { } member && pools.Contains(member.Pool)
                    ? Add(shown, instance, traffic, isConnected: others.Contains(member.Pool))
                    : shown),
            ],
        };
    }

    private static InstanceStatus Add(InstanceStatus shown, ToldInstance instance, DatagramTraffic traffic, bool isConnected)
    {
        var flows = traffic.Places.GetValueOrDefault(new(instance.Address, instance.Member!.Value.Id.Port));
        return shown with
        {
            Sessions = flows + (isConnected ? shown.Sessions ?? 0 : 0),
            TotalSessions = isConnected ? shown.TotalSessions : null,
        };
    }

    private static HashSet<string> PoolsOf(ToldLoadBalancer told, IReadOnlyList<string> protocols) => told.Listeners
        .Where(listener => protocols.Contains(listener.Protocol))
        .SelectMany(listener => listener.Pools ?? [])
        .Select(pool => pool.Pool)
        .ToHashSet();
}
