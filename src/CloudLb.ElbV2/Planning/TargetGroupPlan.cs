using System.Globalization;
using System.Net;
using CloudLb.Core;
using CloudLb.Core.Inventory;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Planning;

/// <summary>A target group that actions name, as a pool.</summary>
/// <param name="inventory">Where instances are.</param>
/// <param name="speed">Of the clocks of health checks.</param>
/// <param name="clientAddresses">Whether those can be kept.</param>
/// <param name="anomalies">Which targets are to be given less.</param>
internal sealed class TargetGroupPlan(
    IInventory inventory, ClockSpeed speed, IClientAddressKeeper clientAddresses, TargetAnomalies anomalies)
{
    /// <summary>How much less than the others a target is given that is anomalous.</summary>
    private const int AnomalyShare = 10;

    /// <param name="group">The group.</param>
    /// <param name="loadBalancer">Whose actions name it.</param>
    /// <param name="idleTimeout">How long a connection to a target may be silent.</param>
    /// <param name="isTarget">Which targets may be given traffic and checks, those that drain too.</param>
    /// <param name="targets">Load balancers that are targets, of this group and others.</param>
    public PlannedPool Of(
        TargetGroup group, LoadBalancer loadBalancer, TimeSpan idleTimeout, Func<Target, bool> isTarget,
        IReadOnlyList<LoadBalancer> targets) =>
        group.TargetType == TargetType.Alb && LoadBalancerOf(group, isTarget, targets) is { } place
            ? Chained(Of(group, loadBalancer, idleTimeout, isTarget), place)
            : Of(group, loadBalancer, idleTimeout, isTarget);

    private PlannedPool Of(TargetGroup group, LoadBalancer loadBalancer, TimeSpan idleTimeout, Func<Target, bool> isTarget) => new()
    {
        Name = PoolNames.Of(group.Arn),
        Mode = group.IsHttp ? TrafficMode.Http : group.Protocol == Protocol.UDP ? TrafficMode.Udp : TrafficMode.Tcp,
        Balance = Balance(group),
        MemberPort = null,
        IdleTimeout = idleTimeout,
        Probe = Probe(group),
        SlowStart = group.IsHttp
            ? speed.Of(TimeSpan.FromSeconds(int.Parse(group.Attribute(TargetGroupAttributes.SlowStart), CultureInfo.InvariantCulture)))
            : TimeSpan.Zero,
        FailsOpenBelow = group.RoutingCount,
        FailsOpenBelowPercent = group.RoutingPercentage,
        MemberProtocol = group.ProtocolVersion switch
        {
            ProtocolVersion.HTTP2 => MemberProtocol.Http2,
            ProtocolVersion.GRPC => MemberProtocol.Grpc,
            _ => MemberProtocol.Http1,
        },
        IsHttp2Secure = group.ProtocolVersion != ProtocolVersion.HTTP1 && group.Protocol == Protocol.HTTPS,
        Stickiness = StickinessPlan.Of(group, loadBalancer),
        ProxyProtocol = !group.IsHttp && group.Attribute(TargetGroupAttributes.ProxyProtocol) == "true"
            ? ProxyProtocol.Version2
            : ProxyProtocol.None,
        KeepsClientAddress = clientAddresses.WhyNot is null && group.KeepsClientAddress,
        IsClosedOnFailure = group.Protocol.HasDatagrams
            || (!group.IsHttp && group.Attribute(TargetGroupAttributes.ClosesOnFailure) == "true"),
        DrainsWhenRemoved = true,
        IsByZone = TargetZones.IsByZone(group, loadBalancer),
        Members = Members(group, loadBalancer, isTarget),
    };

    /// <summary>Where the load balancer is that is the group's target now.</summary>
    private static IPEndPoint? LoadBalancerOf(TargetGroup group, Func<Target, bool> isTarget, IReadOnlyList<LoadBalancer> targets) =>
        group.Targets.Where(isTarget)
            .Join(targets, target => target.Id, each => each.Arn.ToString(), (target, each) => new IPEndPoint(each.Address, target.Port))
            .FirstOrDefault();

    /// <summary>Whoever is the member is at that place, whatever it was when it was registered.</summary>
    private static PlannedPool Chained(PlannedPool pool, IPEndPoint place) => pool with
    {
        LoadBalancer = place,
        Probe = pool.Probe with { IsOfLoadBalancer = true },
        Members = pool.Members
            .Select(member => member.DrainingUntil is null ? member with { Address = place.Address } : member).ToEquatableArray(),
    };

    private static PoolBalance Balance(TargetGroup group)
    {
        if (!group.IsHttp)
        {
            // A flow goes by its hash, which is as good as any target; in turns they are given the same share, as by a good hash.
            return group.Attribute(TargetGroupAttributes.Stickiness) == "true" ? PoolBalance.Source : PoolBalance.RoundRobin;
        }

        return group.Attribute(TargetGroupAttributes.Algorithm) switch
        {
            "least_outstanding_requests" => PoolBalance.LeastOutstanding,
            "weighted_random" => PoolBalance.Random,
            _ => PoolBalance.RoundRobin,
        };
    }

    private PlannedProbe Probe(TargetGroup group)
    {
        var check = group.HealthCheck;
        return new()
        {
            Protocol = check.Protocol switch
            {
                Protocol.HTTP => ProbeProtocol.Http,
                Protocol.HTTPS => ProbeProtocol.Https,
                _ => ProbeProtocol.Tcp,
            },
            Port = check.Port,
            Path = check.Path ?? "",
            Statuses = check.Protocol == Protocol.TCP ? [200] : check.Codes(group.Protocol),
            IsHttp2 = group.ProtocolVersion != ProtocolVersion.HTTP1,
            GrpcStatuses = check.GrpcCode is { } codes ? Matcher.Parse(codes, 0, 99, "GRPC") : null,
            UserAgent = "ELB-HealthChecker/2.0",
            Interval = speed.Of(TimeSpan.FromSeconds(check.IntervalSeconds)),
            Timeout = speed.Of(TimeSpan.FromSeconds(check.TimeoutSeconds)),
            Rise = check.HealthyThreshold,
            Fall = check.UnhealthyThreshold,
        };
    }

    private EquatableArray<PlannedMember> Members(TargetGroup group, LoadBalancer loadBalancer, Func<Target, bool> isTarget)
    {
        // Nothing more goes to a terminated instance, whatever its address: that may be another's by now. At a stopped one's is nobody.
        var located = group.Targets
            .Where(target => !inventory.IsOff(target.Id) && isTarget(target))
            .Select(target => Locate(group, target))
            .Where(target => TargetZones.IsEnabled(loadBalancer, target.AvailabilityZone))
            .ToList();

        // What comes to a zone is that zone's; where all have one address, each zone is given as much as if it had its own.
        var weights = ZoneWeights.Of(
            located.Select(target => target.AvailabilityZone),
            TargetZones.IsCrossZone(group, loadBalancer) || TargetZones.IsByZone(group, loadBalancer));
        var active = located.Select(
            target => Member(group, target, weights[target.AvailabilityZone ?? ""] * Times(group, target), null));
        var draining = group.Draining
            .Where(entry => !inventory.IsOff(entry.Target.Id) && isTarget(entry.Target))
            .Select(entry => Member(group, Locate(group, entry.Target), 1, Limit(group, entry)));
        return active.Concat(draining).OrderBy(member => member.Id).ToEquatableArray();
    }

    private int Times(TargetGroup group, Target target) =>
        anomalies.IsAnyMitigated(group.Arn) && !anomalies.IsMitigated(group.Arn, new(target.Id, target.Port)) ? AnomalyShare : 1;

    /// <summary>
    /// A network load balancer leaves connections alone that there are, unless it is to close them when the delay is over.
    /// </summary>
    private static DateTimeOffset Limit(TargetGroup group, DrainingTarget draining) =>
        group.IsHttp || group.Attribute(TargetGroupAttributes.ClosesWithDelay) == "true" ? draining.Until : PlannedMember.WithoutLimit;

    /// <summary>Where a target is, while it drains too: an instance where the inventory now has it.</summary>
    private Target Locate(TargetGroup group, Target target) =>
        group.TargetType == TargetType.Instance && inventory.Known(target.Id) is { } known
            ? target with { Address = known.Address, AvailabilityZone = known.AvailabilityZone }
            : target;

    private static PlannedMember Member(TargetGroup group, Target target, int weight, DateTimeOffset? drainingUntil) => new()
    {
        Target = TargetId.MemberOf(target.Id),
        Port = target.Port,
        Address = target.Address,
        Zone = target.AvailabilityZone,
        IsSecure = group.Protocol.IsSecure,
        Weight = weight,
        DrainingUntil = drainingUntil,
    };
}
