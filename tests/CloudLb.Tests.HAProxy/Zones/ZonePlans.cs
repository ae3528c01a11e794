using System.Net;
using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy.Zones;

/// <summary>Plans of load balancers with an address in each of two zones, and one that is in none.</summary>
internal static class ZonePlans
{
    public const string PoolName = "http-8081";

    public static PlannedLoadBalancer LoadBalancer(TrafficMode mode, params PlannedMember[] members)
    {
        var (inA, inB, elsewhere) = (Loopback.Next(), Loopback.Next(), Loopback.Next());
        var plain = Plans.LoadBalancer("web");
        return (mode == TrafficMode.Tcp ? plain.AsTcp() : plain) with
        {
            Addresses = [inA, inB, elsewhere],
            Zones = [new("zone-a", [inA]), new("zone-b", [inB])],
            Pools = [Pool(mode, members)],
            HealthPool = null,
        };
    }

    public static PlannedPool Pool(TrafficMode mode, params PlannedMember[] members) => Plans.Pool(members) with
    {
        Mode = mode,
        Balance = mode == TrafficMode.Http ? PoolBalance.RoundRobin : PoolBalance.Random,
        MemberPort = null,
        Probe = Plans.FastProbe with { Fall = 1 },
        FailsOpenBelow = 1,
        IsByZone = true,
    };

    public static PlannedMember In(this TestInstance instance, string? zone) => instance.Planned() with { Zone = zone };

    public static PlannedLoadBalancer With(this PlannedLoadBalancer loadBalancer, Func<PlannedPool, PlannedPool> change) =>
        loadBalancer with { Pools = [change(loadBalancer.Pools[0])] };

    /// <summary>As it is where all zones are one to the pool, which gives each of them the same.</summary>
    public static PlannedLoadBalancer AcrossZones(this PlannedLoadBalancer loadBalancer, int weight = 1) =>
        loadBalancer.With(pool => pool with
        {
            IsByZone = false,
            Members = pool.Members.Select(member => member with { Weight = weight }).ToEquatableArray(),
        }) with { Zones = [] };

    /// <summary>Who answers at the address, of so many requests.</summary>
    public static async Task<string> AnsweringAsync(IPAddress address, int requests = 16)
    {
        var ids = new SortedSet<string>();
        for (var request = 0; request < requests; request++)
        {
            ids.Add(await TestRequests.TryGetAsync(UrlOf(address)) ?? "");
        }

        return string.Join(' ', ids);
    }

    public static Uri UrlOf(IPAddress address, string path = "/") => new($"http://{address}:{Plans.Port}{path}");
}
