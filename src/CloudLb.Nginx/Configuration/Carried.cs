using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Nginx.Configuration;

/// <summary>What of a plan can be written for nginx here. Whatever else a plan can ask for is told, and never left out silently.</summary>
internal static class Carried
{
    /// <summary>Null when the listener can be served; else a sentence that says why not.</summary>
    public static string? WhyNot(PlannedLoadBalancer planned, PlannedListener listener)
    {
        var feature = listener switch
        {
            { Mode: not TrafficMode.Udp } => "listeners of anything but datagrams",
            { DefaultAction: PlannedAction.Forward { Gate: null, Stickiness: null, Pools: var pools } } => pools
                .Select(each => Feature(planned.Pools.FirstOrDefault(pool => pool.Name == each.Pool)))
                .FirstOrDefault(one => one is not null),
            _ => "listeners that do anything but send to pools by their weights",
        };
        return feature is null ? null : $"nginx is not given {feature} by this version.";
    }

    private static string? Feature(PlannedPool? pool) => pool switch
    {
        null => "listeners that send to a pool that there is not",
        { ProxyProtocol: not ProxyProtocol.None } => "PROXY protocol for datagrams",
        { KeepsClientAddress: true } => "clients' addresses for datagrams",
        { AcceptedKeys: not null } => "members that show keys",
        _ => null,
    };
}
