using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Pinning;

namespace CloudLb.HAProxy.Updating;

/// <summary>Members that join, leave or weigh another number, and the certificates by which those that join are known.</summary>
internal sealed class MemberChanges
{
    /// <summary>Servers that take no more; what they still have is cut at the time given, at once where there is none.</summary>
    public List<(MemberName Name, DateTimeOffset? Until)> Removed { get; } = [];

    /// <summary>Servers that join, also such as were draining and come back.</summary>
    public List<JoiningMember> Added { get; } = [];

    /// <summary>Of those that join: such as were draining where they still are, so that what they have left is not cut.</summary>
    public List<MemberName> Revived { get; } = [];

    public List<(MemberName Name, int Weight)> Reweighted { get; } = [];

    /// <summary>Certificates that join a pool's list.</summary>
    public List<(string Pool, PinnedCertificate Certificate)> Pinned { get; } = [];

    /// <summary>Fingerprints that no member of the pool has any more.</summary>
    public List<(string Pool, string Fingerprint)> Unpinned { get; } = [];

    public int Count => Removed.Count + Added.Count + Reweighted.Count;

    /// <summary>
    /// Takes up what changes from <paramref name="served"/> to <paramref name="next"/>; a load balancer that goes away has no next.
    /// </summary>
    public void Collect(PlannedLoadBalancer served, PlannedLoadBalancer? next)
    {
        foreach (var pool in served.Pools)
        {
            Collect(served.Id, next, pool, next?.Pools.FirstOrDefault(other => other.Name == pool.Name));
        }
    }

    /// <summary>
    /// Whether a member goes on draining with the limit that it has. One that is in the plan no longer does, as the limit is over by the
    /// time of day; whether that has jumped or not, the limit that was set stands.
    /// </summary>
    public static bool DrainsOn(PlannedMember before, PlannedMember? after, PlannedPool? next) =>
        before.DrainingUntil is not null && next is not null && (after is null || after.DrainingUntil == before.DrainingUntil);

    private void Collect(LoadBalancerId key, PlannedLoadBalancer? of, PlannedPool served, PlannedPool? next)
    {
        if (next is not null && served.Members == next.Members)
        {
            return;
        }

        var poolName = ProxyName.OfPool(key, served.Name);
        var nameOf = (PlannedMember member) => new MemberName(poolName, MemberName.OfServer(served, member));
        var (before, after) = (CertificatesOf(served), CertificatesOf(next));
        Pinned.AddRange(after.Except(before).Select(certificate => (poolName, certificate)));
        Unpinned.AddRange(next is null ? [] : before.Select(certificate => certificate.Fingerprint)
            .Except(after.Select(certificate => certificate.Fingerprint)).Select(fingerprint => (poolName, fingerprint)));
        var nextMembers = next?.Members.ToDictionary(nameOf) ?? [];
        foreach (var member in served.Members)
        {
            nextMembers.Remove(nameOf(member), out var nextMember);
            Collect(nameOf(member), of, member, nextMember, next);
        }

        // What already drains when it is first seen has nothing here that could end.
        Added.AddRange(nextMembers.Values
            .Where(member => member.DrainingUntil is null)
            .Select(member => new JoiningMember(nameOf(member), member, next!, of!)));
    }

    /// <summary>Those of members that drain too: what they still answer has to pass.</summary>
    private static HashSet<PinnedCertificate> CertificatesOf(PlannedPool? pool) =>
        pool?.AcceptedKeys is null ? [] : [.. pool.Members.Select(PinnedMember.CertificateOf).OfType<PinnedCertificate>()];

    private void Collect(MemberName name, PlannedLoadBalancer? of, PlannedMember before, PlannedMember? after, PlannedPool? next)
    {
        if (after is not { DrainingUntil: null })
        {
            if (!DrainsOn(before, after, next))
            {
                Removed.Add((name, after?.DrainingUntil));
            }

            return;
        }

        var hasMoved = !before.Address.Equals(after.Address) || before.Port != after.Port || before.IsSecure != after.IsSecure;
        if (hasMoved)
        {
            Removed.Add((name, null));
            Added.Add(new(name, after, next!, of!));
        }
        else if (before.DrainingUntil is not null)
        {
            Revived.Add(name);
            Added.Add(new(name, after, next!, of!));
        }
        else if (after.Weight != before.Weight)
        {
            Reweighted.Add((name, after.Weight));
        }
    }
}
