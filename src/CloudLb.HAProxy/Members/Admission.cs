using CloudLb.Core;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Pinning;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Members;

/// <summary>Which members of pools that accept certain public keys alone may take part, by what their certificates have shown.</summary>
internal sealed class Admission(CellContext context, MemberProofs proofs)
{
    // A pool that begins to ask for keys waits this long for its members' certificates, so that those that have the right ones miss no
    // request.
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(1);

    /// <summary>The plan with those members left out that have not shown an accepted key.</summary>
    public PlannedLoadBalancer Admitted(PlannedLoadBalancer planned, PlannedLoadBalancer? served)
    {
        if (planned.Pools.All(pool => pool.AcceptedKeys is null))
        {
            return planned;
        }

        var admitted = planned with
        {
            Pools = planned.Pools
                .Select(pool => pool.AcceptedKeys is null
                    ? pool
                    : pool with { Members = Admitted(planned.Id, pool, served).ToEquatableArray() })
                .ToEquatableArray(),
        };
        return served == admitted ? served : admitted;
    }

    /// <summary>
    /// What the certificate of a planned instance says of its health; null when that is for its checks to say. Safe to call from any
    /// thread.
    /// </summary>
    public ObservedHealth? HealthByProof(PlannedLoadBalancer planned, string instanceId)
    {
        ObservedHealth? byProof = null;
        foreach (var pool in planned.Pools.Where(pool => pool.AcceptedKeys is not null))
        {
            if (pool.FindMember(instanceId) is not { DrainingUntil: null } member)
            {
                continue;
            }

            var proof = proofs.Find(MemberName.Of(planned.Id, pool, member), member);
            if (proof?.IsRefused(pool) == true)
            {
                return ObservedHealth.NotAuthentic;
            }

            if (pool.Name == planned.HealthPool && proof?.Certificate is null)
            {
                byProof = proof?.FirstFailure is { } failure && context.Now - failure >= pool.Probe.Interval * (pool.Probe.Fall - 1)
                    ? ObservedHealth.Failed
                    : ObservedHealth.Registering;
            }
        }

        return byProof;
    }

    /// <summary>
    /// Has the certificates looked at that nobody has seen yet. A member that joins a pool that asks for keys already is not waited for: it
    /// comes in when it was seen. Called between passes, outside the gate.
    /// </summary>
    public async Task SeeNewMembersAsync(CancellationToken cancellationToken)
    {
        foreach (var key in proofs.TakeSeen())
        {
            context.State.Change(state => state.Find(key) is null ? state : state with { Changed = state.Changed.Add(key) });
        }

        var state = context.State.Now;
        var isRunning = state.Running is not null;
        var awaited = new List<Task>();
        foreach (var entry in state.Entries.Values.Where(entry => !isRunning || state.Changed.Contains(entry.Id)))
        {
            var guarded = entry.Planned?.GuardedMembers() ?? [];
            foreach (var member in guarded.Where(each => proofs.Find(each.Name, each.Member) is null))
            {
                var done = proofs.Look(member);
                if (!isRunning || !AsksAlready(entry.Served, member.Pool))
                {
                    awaited.Add(done);
                }
            }
        }

        if (awaited.Count > 0)
        {
            await Task.WhenAny(Task.WhenAll(awaited), Task.Delay(LongestLook, context.Clock, cancellationToken));
        }
    }

    private static bool AsksAlready(PlannedLoadBalancer? served, PlannedPool pool) =>
        served?.Pools.Any(other => other.Name == pool.Name && other.AcceptedKeys == pool.AcceptedKeys) == true;

    private IEnumerable<PlannedMember> Admitted(LoadBalancerId key, PlannedPool pool, PlannedLoadBalancer? served)
    {
        foreach (var member in pool.Members)
        {
            if (member.DrainingUntil is not null)
            {
                var before = served?.Pools.FirstOrDefault(other => other.Name == pool.Name)?.FindMember(member.Id);
                yield return PinnedMember.Of(member, PinnedMember.CertificateOf(before));
            }
            else if (proofs.Find(MemberName.Of(key, pool, member), member) is { } proof && proof.IsAccepted(pool))
            {
                yield return PinnedMember.Of(member, proof.Certificate);
            }
        }
    }
}
