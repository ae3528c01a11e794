using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.State;

/// <summary>
/// The pool of a load balancer whose checks say how its instances are. They can be asked for by the thousand, so its name is made once.
/// </summary>
/// <param name="Of">Whose it is.</param>
/// <param name="Pool">Null when the plan has none of that name.</param>
/// <param name="Backend">What HAProxy calls it.</param>
internal sealed record HealthPool(PlannedLoadBalancer Of, PlannedPool? Pool, string Backend)
{
    /// <summary>Whether instances have to show a key.</summary>
    public bool AsksForKeys { get; } = Of.Pools.Any(pool => pool.AcceptedKeys is not null);

    /// <summary>Null where each pool stands for itself.</summary>
    public static HealthPool? In(PlannedLoadBalancer planned) => planned.HealthPool is { } name
        ? new(planned, planned.Pools.FirstOrDefault(pool => pool.Name == name), ProxyName.OfPool(planned.Id, name))
        : null;

    public MemberName NameOf(string instanceId) => new(Backend, instanceId);
}
