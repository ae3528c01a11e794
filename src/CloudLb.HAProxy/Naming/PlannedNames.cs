using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Pinning;

namespace CloudLb.HAProxy.Naming;

/// <summary>The parts of a planned load balancer by the names that they have in HAProxy.</summary>
internal static class PlannedNames
{
    /// <summary>All members but those that drain.</summary>
    public static IEnumerable<NamedMember> ActiveMembers(this PlannedLoadBalancer loadBalancer) =>
        loadBalancer.Pools.SelectMany(pool => ActiveMembers(loadBalancer.Id, pool));

    /// <summary>Those of the active members that are checked.</summary>
    public static IEnumerable<NamedMember> CheckedMembers(this PlannedLoadBalancer loadBalancer) =>
        loadBalancer.Pools.Where(pool => pool.IsChecked).SelectMany(pool => ActiveMembers(loadBalancer.Id, pool));

    /// <summary>
    /// What the plan has as one pool of that name: itself, or the parts that its members are in (<see cref="ZonePoolName"/>).
    /// </summary>
    public static IReadOnlyList<PlannedPool> PartsOf(this PlannedLoadBalancer loadBalancer, string pool) =>
        [.. loadBalancer.Pools.Where(each => each.IsChecked && PlannedPoolName.IsOf(each.Name, pool))];

    /// <summary>Those of the active members that must show an accepted key.</summary>
    public static IEnumerable<NamedMember> GuardedMembers(this PlannedLoadBalancer loadBalancer) =>
        loadBalancer.Pools.Where(pool => pool.AcceptedKeys is not null).SelectMany(pool => ActiveMembers(loadBalancer.Id, pool));

    /// <summary>
    /// The listeners with TLS, and the certificate that each of them shows; and each further one, by a name of its own in the listener's
    /// place.
    /// </summary>
    public static IEnumerable<(string Listener, string CertificateId)> ListenerCertificates(this PlannedLoadBalancer loadBalancer)
    {
        foreach (var listener in loadBalancer.Listeners)
        {
            if (listener.Tls is { } tls)
            {
                var name = ProxyName.OfListener(loadBalancer.Id, listener.Port);
                yield return (name, tls.CertificateId);
                foreach (var id in tls.NamedCertificateIds ?? [])
                {
                    yield return (ProxyName.OfNamedCertificate(name, id), id);
                }
            }
        }
    }

    /// <summary>Ids of the certificates that members are trusted by.</summary>
    public static IEnumerable<string> TrustAnchors(this PlannedLoadBalancer loadBalancer) =>
        loadBalancer.Pools
            .SelectMany(pool => pool.Members)
            .Select(member => PinnedMember.CertificateOf(member)?.Anchor?.Id)
            .OfType<string>();

    private static IEnumerable<NamedMember> ActiveMembers(LoadBalancerId loadBalancer, PlannedPool pool)
    {
        var name = ProxyName.OfPool(loadBalancer, pool.Name);
        return pool.Members
            .Where(member => member.DrainingUntil is null)
            .Select(member => new NamedMember(loadBalancer, new(name, MemberName.OfServer(pool, member)), member, pool));
    }
}
