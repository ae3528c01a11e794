using System.Net;
using CloudLb.Core;
using CloudLb.Core.Accounts;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.Nginx;

/// <summary>Plans of datagrams, as short as a test wants to read them.</summary>
internal static class Plans
{
    public const int Port = 5353;
    public const string PoolName = "targetgroup-dns-0123456789abcdef";

    public static TrafficPlan Of(params PlannedLoadBalancer[] loadBalancers) =>
        new(loadBalancers.OrderBy(loadBalancer => loadBalancer.Id).ToEquatableArray());

    public static PlannedLoadBalancer LoadBalancer(string name, params PlannedMember[] members) =>
        LoadBalancer(name, Loopback.Next(), members);

    public static PlannedLoadBalancer LoadBalancer(string name, IPAddress address, params PlannedMember[] members) => new()
    {
        Id = new("nlb", new AccountId("123456789012"), "us-east-1", name),
        Addresses = [address],
        Listeners = [Listener(Port)],
        Pools = [Pool(members)],
        Answers = new("alb", []),
    };

    public static PlannedListener Listener(int port) => new()
    {
        Port = port, Mode = TrafficMode.Udp, DefaultAction = PlannedAction.Forward.To(PoolName), IdleTimeout = TimeSpan.FromSeconds(120),
    };

    public static PlannedPool Pool(params PlannedMember[] members) => new()
    {
        Name = PoolName,
        Mode = TrafficMode.Udp,
        Balance = PoolBalance.Random,
        IdleTimeout = TimeSpan.FromSeconds(120),
        Probe = new()
        {
            Protocol = ProbeProtocol.Tcp, Port = null, Path = "", Interval = TimeSpan.FromSeconds(30), Timeout = TimeSpan.FromSeconds(10),
            Rise = 5, Fall = 2,
        },
        Members = members.OrderBy(member => member.Id).ToEquatableArray(),
    };

    public static PlannedLoadBalancer With(this PlannedLoadBalancer loadBalancer, params PlannedMember[] members) =>
        loadBalancer with { Pools = [loadBalancer.Pools[0] with { Members = Pool(members).Members }] };

    public static PlannedLoadBalancer With(this PlannedLoadBalancer loadBalancer, Func<PlannedPool, PlannedPool> change) =>
        loadBalancer with { Pools = [change(loadBalancer.Pools[0])] };

    public static IPEndPoint Place(this PlannedLoadBalancer loadBalancer, int port = Port) => new(loadBalancer.Addresses[0], port);
}
