using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Nginx.Configuration;

/// <summary>What of a plan can be written for nginx here. Whatever else a plan can ask for is told, and never left out silently.</summary>
internal static class Carried
{
    /// <summary>Null when the listener can be served; else a sentence that says why not.</summary>
    public static string? WhyNot(PlannedLoadBalancer planned, PlannedListener listener)
    {
        var pool = planned.Pools.FirstOrDefault(each => each.Name == StreamConfiguration.PoolOf(listener));
        var feature = (listener, pool) switch
        {
            ({ Mode: not TrafficMode.Udp }, _) => "listeners of anything but datagrams",
            (_, null) => "listeners that do anything but send to one pool",
            (_, { ProxyProtocol: not ProxyProtocol.None }) => "PROXY protocol for datagrams",
            (_, { KeepsClientAddress: true }) => "clients' addresses for datagrams",
            (_, { AcceptedKeys: not null }) => "members that show keys",
            _ => null,
        };
        return feature is null ? null : $"nginx is not given {feature} by this version.";
    }
}
