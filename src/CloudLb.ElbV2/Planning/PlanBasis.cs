using CloudLb.Core.Resources;
using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Planning;

/// <summary>What of the store the plan of a load balancer is made of.</summary>
/// <param name="LoadBalancer">The load balancer.</param>
/// <param name="Listeners">Its listeners, in the order of their ports.</param>
/// <param name="Groups">The target groups that their actions name, each once.</param>
/// <param name="Targets">Load balancers that are targets of these.</param>
/// <param name="Trust">The trust stores that its listeners use, with their revocations.</param>
/// <param name="PortsSentTo">The ports at which it is a target itself.</param>
internal sealed record PlanBasis(
    LoadBalancer LoadBalancer, IReadOnlyList<Listener> Listeners, IReadOnlyList<TargetGroup> Groups, IReadOnlyList<LoadBalancer> Targets,
    IReadOnlyList<object> Trust, IReadOnlyList<int> PortsSentTo)
{
    public static PlanBasis Of(LoadBalancer loadBalancer, Snapshot snapshot)
    {
        IReadOnlyList<Listener> listeners = [.. snapshot.Listeners.Of(loadBalancer.Arn).After(null)];
        IReadOnlyList<TargetGroup> groups =
        [
            .. listeners.SelectMany(listener => listener.TargetGroups).Distinct().Select(snapshot.TargetGroups.Find).OfType<TargetGroup>(),
        ];
        return new(
            loadBalancer, listeners, groups,
            [.. groups.SelectMany(group => group.LoadBalancers).Select(snapshot.V2LoadBalancers.Find).OfType<LoadBalancer>()],
            TrustOf(listeners, snapshot), snapshot.PortsSentTo(loadBalancer.Arn));
    }

    /// <summary>Whether nothing of it has been replaced.</summary>
    public bool IsSame(PlanBasis other) =>
        ReferenceEquals(LoadBalancer, other.LoadBalancer)
        && Listeners.SequenceEqual(other.Listeners, ReferenceEqualityComparer.Instance)
        && Groups.SequenceEqual(other.Groups, ReferenceEqualityComparer.Instance)
        && Targets.SequenceEqual(other.Targets, ReferenceEqualityComparer.Instance)
        && Trust.SequenceEqual(other.Trust, ReferenceEqualityComparer.Instance)
        && PortsSentTo.SequenceEqual(other.PortsSentTo);

    private static IReadOnlyList<object> TrustOf(IReadOnlyList<Listener> listeners, Snapshot snapshot)
    {
        var stores = listeners.Select(listener => listener.Tls?.MutualAuthentication?.TrustStore).OfType<Arn>().Distinct().ToList();
        return stores.Count == 0
            ? []
            : [.. stores.Select(snapshot.TrustStores.Get), .. stores.SelectMany(arn => snapshot.Revocations.Of(arn).After(null))];
    }
}
