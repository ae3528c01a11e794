namespace CloudLb.Core.Traffic.Planning;

/// <summary>
/// What of a plan each of two data planes is given: one carries everything but datagrams and makes all checks, the other carries those.
/// </summary>
public sealed class PlanDivision
{
    private volatile Dictionary<LoadBalancerId, Divided> _divided = [];

    /// <summary>The parts of a load balancer of the plan that was divided last; null where it has no datagrams.</summary>
    public (PlannedLoadBalancer Streams, PlannedLoadBalancer Datagrams)? Find(LoadBalancerId id) =>
        _divided.GetValueOrDefault(id) is { Datagrams: { } datagrams } divided ? (divided.Streams, datagrams) : null;

    /// <remarks>One caller at a time: a part of which nothing changed stays the same object.</remarks>
    /// <returns>The plan without datagrams, and what of it is datagrams.</returns>
    public (TrafficPlan Streams, TrafficPlan Datagrams) Divide(TrafficPlan plan)
    {
        var divided = new Dictionary<LoadBalancerId, Divided>();
        PlannedLoadBalancer[]? streams = null;
        var datagrams = new List<PlannedLoadBalancer>();
        for (var index = 0; index < plan.LoadBalancers.Count; index++)
        {
            var planned = plan.LoadBalancers[index];
            if (!HasDatagrams(planned))
            {
                continue;
            }

            var parts = divided[planned.Id] = _divided.GetValueOrDefault(planned.Id) is { } known && ReferenceEquals(known.Of, planned)
                ? known
                : new(planned, StreamsOf(planned), DatagramsOf(planned));
            streams ??= [.. plan.LoadBalancers];
            streams[index] = parts.Streams;
            if (parts.Datagrams is { } own)
            {
                datagrams.Add(own);
            }
        }

        _divided = divided;
        return streams is null
            ? (plan, TrafficPlan.Empty)
            : (new(EquatableArray.Create<PlannedLoadBalancer>(streams)), new(datagrams.ToEquatableArray()));
    }

    /// <summary>Asked of every load balancer by every pass, so that nothing is made.</summary>
    private static bool HasDatagrams(PlannedLoadBalancer planned)
    {
        foreach (var listener in planned.Listeners)
        {
            if (listener.Mode == TrafficMode.Udp)
            {
                return true;
            }
        }

        foreach (var pool in planned.Pools)
        {
            if (pool.Mode == TrafficMode.Udp)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// All pools stay, those that nothing is sent to by connections too: their members are checked by TCP or HTTP, and nothing else.
    /// </summary>
    private static PlannedLoadBalancer StreamsOf(PlannedLoadBalancer planned) => planned with
    {
        Listeners = planned.Listeners.Where(listener => listener.Mode != TrafficMode.Udp).ToEquatableArray(),
        Pools = planned.Pools
            .Select(
                pool =>
                    pool.Mode == TrafficMode.Udp
                        ? pool with { Mode = TrafficMode.Tcp, IsByZone = false, FailsOpenBelow = 0, FailsOpenBelowPercent = 0 }
                        : pool)
            .ToEquatableArray(),
    };

    private static PlannedLoadBalancer? DatagramsOf(PlannedLoadBalancer planned)
    {
        var listeners = planned.Listeners.Where(listener => listener.Mode == TrafficMode.Udp).ToEquatableArray();
        return listeners.Count == 0 ? null : planned with { Listeners = listeners };
    }

    private sealed record Divided(PlannedLoadBalancer Of, PlannedLoadBalancer Streams, PlannedLoadBalancer? Datagrams);
}
