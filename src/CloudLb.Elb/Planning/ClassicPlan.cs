using CloudLb.Core;
using CloudLb.Core.Addresses;
using CloudLb.Core.Inventory;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Templates;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Domain.Attributes;

namespace CloudLb.Elb.Planning;

/// <summary>What traffic one Classic load balancer wants.</summary>
internal static class ClassicPlan
{
    /// <summary>The pool of a load balancer without listeners, whose instances are checked all the same.</summary>
    private const string CheckedOnly = "checked";

    /// <summary>The only status of an answer that is a passed check.</summary>
    private static readonly EquatableArray<int> Passed = [200];

    /// <param name="loadBalancer">The load balancer.</param>
    /// <param name="inventory">Where its instances are.</param>
    /// <param name="maxConnectionsPerMember">0: without bound.</param>
    /// <param name="isTarget">Which instances may be given traffic and checks, those that drain too; null: all.</param>
    /// <param name="speed">Of the clocks of health checks; null: as AWS's.</param>
    /// <param name="sharing">What it shares with others; null: nothing.</param>
    public static PlannedLoadBalancer Of(
        LoadBalancer loadBalancer, IInventory inventory, int maxConnectionsPerMember = 0, Func<Instance, bool>? isTarget = null,
        ClockSpeed? speed = null, Sharing? sharing = null)
    {
        var isShared = sharing?.Address is not null;
        var probe = Probe(loadBalancer.HealthCheck, speed ?? ClockSpeed.Real);
        var members = Members(loadBalancer, inventory, isTarget ?? (_ => true));
        var pools = new List<(int InstancePort, bool IsSecure, PlannedPool Pool)>();
        var listeners = new List<PlannedListener>();
        foreach (var listener in loadBalancer.Listeners)
        {
            var pool = PoolOf(listener, loadBalancer, probe, pools);
            var allowed = AllowedSources.Of(loadBalancer.SecurityGroups, listener.LoadBalancerPort, inventory);
            listeners.Add(Listener(listener, pool, loadBalancer) with
            {
                AllowedSources = allowed,
                SharedAt = sharing?.At(listener.SharedKind, listener.LoadBalancerPort),
            });
        }

        if (pools.Count == 0)
        {
            pools.Add((loadBalancer.HealthCheck.Target.Port, false, Pool(loadBalancer, CheckedOnly, TrafficMode.Tcp, probe)));
        }

        return new()
        {
            Id = loadBalancer.Key.ToId(),
            Addresses = loadBalancer.Addresses.All.ToEquatableArray(),
            Listeners = listeners.ToEquatableArray(),
            Pools = pools
                .OrderBy(pool => pool.Pool.Name, StringComparer.Ordinal)
                .Select(pool => pool.Pool with
                {
                    MemberPort = pool.InstancePort,
                    MaxConnectionsPerMember = maxConnectionsPerMember,
                    Members = members.Select(
                        member => member with { Port = pool.InstancePort, IsSecure = pool.IsSecure }).ToEquatableArray(),
                })
                .ToEquatableArray(),
            HealthPool = pools[0].Pool.Name,
            Answers = ClassicAnswers.All,
            Template = TemplateTag.In(loadBalancer.Tags),
            HostNames = isShared ? HostNames(loadBalancer, sharing!.Claims) : [],
            IsLogged = loadBalancer.Attributes.AccessLog is { IsEnabled: true },
        };
    }

    /// <summary>Its DNS name, and those that its account may still claim.</summary>
    private static EquatableArray<string> HostNames(LoadBalancer loadBalancer, HostNameClaims claims) => loadBalancer.HostNames
        .Where((name, position) => position == 0 || claims.MayClaim(loadBalancer.Key.Account.ToString(), name))
        .ToEquatableArray();

    /// <summary>
    /// The name of the listener's pool, which is put to the others when it is the first of its kind. Listeners that share an instance port
    /// and every setting share the members and their checks. The first one's pool is named after the instance port and whether its members
    /// are spoken to over TLS, as what is known of a member by its name must not be taken for one that is spoken to otherwise, and after
    /// nothing else, so that a setting that comes or goes does not rename it; that of a listener with other settings has the listener's
    /// port in its name too.
    /// </summary>
    private static string PoolOf(
        Listener listener, LoadBalancer loadBalancer, PlannedProbe probe, List<(int InstancePort, bool IsSecure, PlannedPool Pool)> pools)
    {
        var name = $"{(Mode(listener) == TrafficMode.Http ? "" : "t")}{(listener.IsInstanceSecure ? "s" : "")}{listener.InstancePort}";
        var wanted = Pool(loadBalancer, name, Mode(listener), probe) with
        {
            Stickiness = StickinessPlan.Of(loadBalancer, listener),
            AcceptedKeys = listener.IsInstanceSecure ? loadBalancer.AcceptedKeysOf(listener.InstancePort) : null,
            ProxyProtocol = !listener.IsHttp && loadBalancer.IsProxyProtocolOn(listener.InstancePort)
                ? ProxyProtocol.Version1
                : ProxyProtocol.None,
        };
        foreach (var (instancePort, isSecure, pool) in pools)
        {
            if (instancePort == listener.InstancePort && isSecure == listener.IsInstanceSecure && pool with { Name = name } == wanted)
            {
                return pool.Name;
            }
        }

        var isTaken = pools.Any(pool => pool.Pool.Name == name);
        pools.Add(
            (
                listener.InstancePort, listener.IsInstanceSecure,
                isTaken ? wanted with { Name = $"{name}-{listener.LoadBalancerPort}" } : wanted));
        return pools[^1].Pool.Name;
    }

    /// <summary>A pool as every listener has it, its members still to be set.</summary>
    private static PlannedPool Pool(LoadBalancer loadBalancer, string name, TrafficMode mode, PlannedProbe probe) => new()
    {
        Name = name,
        Mode = mode,
        Balance = mode == TrafficMode.Http ? PoolBalance.LeastOutstanding : PoolBalance.RoundRobin,
        IdleTimeout = loadBalancer.Attributes.IdleTimeout,
        Probe = probe,
        IsClosedOnFailure = !loadBalancer.Attributes.ConnectionDraining.IsEnabled,
        Members = [],
    };

    private static PlannedListener Listener(Listener listener, string pool, LoadBalancer loadBalancer) => new()
    {
        Port = listener.LoadBalancerPort,
        Mode = Mode(listener),
        Tls = ClassicTls.Of(listener, loadBalancer),
        Http = listener.IsHttp ? new() { DesyncMitigation = Mitigation(loadBalancer.Attributes.DesyncMitigationMode) } : null,
        DefaultAction = PlannedAction.Forward.To(pool),
        IdleTimeout = loadBalancer.Attributes.IdleTimeout,
    };

    private static DesyncMitigation Mitigation(DesyncMitigationMode mode) => mode switch
    {
        DesyncMitigationMode.Monitor => DesyncMitigation.Monitor,
        DesyncMitigationMode.Strictest => DesyncMitigation.Strictest,
        _ => DesyncMitigation.Defensive,
    };

    private static TrafficMode Mode(Listener listener) => listener.IsHttp ? TrafficMode.Http : TrafficMode.Tcp;

    private static PlannedProbe Probe(HealthCheck healthCheck, ClockSpeed speed) => new()
    {
        Protocol = healthCheck.Target.Protocol switch
        {
            ListenerProtocol.HTTP => ProbeProtocol.Http,
            ListenerProtocol.HTTPS => ProbeProtocol.Https,
            ListenerProtocol.SSL => ProbeProtocol.Ssl,
            _ => ProbeProtocol.Tcp,
        },
        Port = healthCheck.Target.Port,
        Path = healthCheck.Target.Path,
        Statuses = Passed,
        UserAgent = "ELB-HealthChecker/1.0",
        Interval = speed.Of(healthCheck.Interval),
        Timeout = speed.Of(healthCheck.Timeout),
        Rise = healthCheck.HealthyThreshold,
        Fall = healthCheck.UnhealthyThreshold,
    };

    /// <summary>The members of every pool, their port still to be set.</summary>
    private static List<PlannedMember> Members(LoadBalancer loadBalancer, IInventory inventory, Func<Instance, bool> isTarget)
    {
        // Nothing more goes to a terminated instance, whatever its address: that may be another's by now. At a stopped one's is nobody.
        var located = loadBalancer.Instances
            .Where(instance => !inventory.IsOff(instance.InstanceId) && isTarget(instance))
            .Select(instance => Locate(instance, inventory))
            .Where(instance => loadBalancer.IsZoneEnabled(instance.AvailabilityZone))
            .ToList();
        var weights = ZoneWeights.Of(located.Select(instance => instance.AvailabilityZone), loadBalancer.Attributes.CrossZoneLoadBalancing);
        var active = located.Select(instance => Member(instance, weights[instance.AvailabilityZone ?? ""], null));
        var draining = loadBalancer.Draining
            .Where(entry => !inventory.IsOff(entry.Instance.InstanceId) && isTarget(entry.Instance))
            .Select(entry => Member(Locate(entry.Instance, inventory), 1, entry.Until));
        return [.. active.Concat(draining).OrderBy(member => member.Target, StringComparer.Ordinal)];
    }

    /// <summary>Where an instance is, while it drains too: what it still serves goes to the address that the plan before had.</summary>
    private static InventoryInstance Locate(Instance instance, IInventory inventory) =>
        inventory.Known(instance.InstanceId) ?? new(instance.InstanceId, instance.Address, instance.AvailabilityZone);

    private static PlannedMember Member(InventoryInstance instance, int weight, DateTimeOffset? drainingUntil) => new()
    {
        Target = instance.InstanceId,
        Address = instance.Address,
        Port = 0,
        Zone = instance.AvailabilityZone,
        Weight = weight,
        DrainingUntil = drainingUntil,
    };
}
