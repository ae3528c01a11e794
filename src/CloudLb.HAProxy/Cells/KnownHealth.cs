using System.Net;
using CloudLb.Core;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Members;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Cells;

/// <summary>How the instances of load balancers are, by all that their cells know. Safe to use from any thread.</summary>
internal sealed class KnownHealth(CellMap cells, TimeProvider clock)
{
    /// <summary>For one load balancer: an instance's health; null when nothing is known of it yet.</summary>
    public Func<string, ObservedHealth?> FinderOf(LoadBalancerId loadBalancer) =>
        cells.Find(loadBalancer) is { } cell && cell.State.Find(loadBalancer) is { HealthPool: { } pool } entry
            ? instanceId => Find(cell, entry, pool, instanceId)
            : _ => null;

    /// <summary>For one pool of a load balancer: a member's health; null when nothing is known of it yet.</summary>
    public Func<MemberId, ObservedHealth?> FinderOf(LoadBalancerId loadBalancer, string pool) =>
        cells.Find(loadBalancer) is { } cell && cell.State.Find(loadBalancer) is { Planned: { } planned } entry
        && planned.PartsOf(pool) is { Count: > 0 } known
            ? member => Find(cell, entry, known, member)
            : _ => null;

    /// <summary>Why nothing of a load balancer's plan is served; null when something is, or nobody has looked yet.</summary>
    public string? WhyNotServed(LoadBalancerId loadBalancer)
    {
        if (cells.Find(loadBalancer)?.State is not { } state
            || state.Find(loadBalancer) is not { Planned: { Listeners.Count: > 0 } planned } entry
            || state.ToldFaultsOf(entry) is not { Count: > 0 } faults)
        {
            return null;
        }

        return entry.Served is null || planned.Listeners.All(listener => faults.Any(fault => fault.IsOf(listener.Port)))
            ? (faults.FirstOrDefault(fault => fault.Port is null) ?? faults[0]).Reason
            : null;
    }

    /// <summary>Why a load balancer does not listen at one of its addresses; null where it does, and while nobody has looked.</summary>
    public string? WhyNotAt(LoadBalancerId loadBalancer, IPAddress address)
    {
        if (cells.Find(loadBalancer)?.State is not { } state || state.Find(loadBalancer) is not { } entry)
        {
            return null;
        }

        return state.Absent.GetValueOrDefault(address)
            ?? entry.Faults.FirstOrDefault(fault => address.Equals(fault.Address))?.Reason
            ?? (entry.Planned is { Listeners.Count: > 0 } && entry.Served?.Addresses.Contains(address) != true
                ? $"No process listens at {address} yet."
                : null);
    }

    private ObservedHealth? Find(Cell cell, CellEntry entry, IReadOnlyList<PlannedPool> parts, MemberId id)
    {
        foreach (var pool in parts)
        {
            if (pool.FindMember(id) is { } member)
            {
                return Find(cell, entry, pool, member);
            }
        }

        return null;
    }

    private ObservedHealth? Find(Cell cell, CellEntry entry, PlannedPool pool, PlannedMember member)
    {
        if (entry.Served is null)
        {
            return entry.Faults.Count > 0 ? ObservedHealth.Unserved : null;
        }

        var name = MemberName.Of(entry.Id, pool, member);
        return member.DrainingUntil is not null
            ? cell.IsDraining(entry, name, pool.Name) ? ObservedHealth.Draining : null
            : cell.Health.Find(name) is { } health ? StatusMapping.Observe(health, clock.GetSteadyTime()) : null;
    }

    private ObservedHealth? Find(Cell cell, CellEntry entry, HealthPool pool, string instanceId)
    {
        if (pool.Pool?.FindMember(instanceId) is not { } member)
        {
            return null;
        }

        if (entry.Served is null)
        {
            return entry.Faults.Count > 0 ? ObservedHealth.Unserved : null;
        }

        if (member.DrainingUntil is not null)
        {
            return pool.Of.Pools.Any(each => cell.IsDraining(entry, new(ProxyName.OfPool(entry.Id, each.Name), instanceId), each.Name))
                ? ObservedHealth.Draining
                : null;
        }

        if (pool.AsksForKeys && cell.HealthByProof(pool.Of, instanceId) is { } byProof)
        {
            return byProof;
        }

        return cell.Health.Find(pool.NameOf(instanceId)) is { } health ? StatusMapping.Observe(health, clock.GetSteadyTime()) : null;
    }
}
