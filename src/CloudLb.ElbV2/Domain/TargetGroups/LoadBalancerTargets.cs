using CloudLb.Core.Resources;
using CloudLb.Core.Targets;

namespace CloudLb.ElbV2.Domain;

/// <summary>Application load balancers that are targets of groups: which may be one, and what may not be done to one.</summary>
internal static class LoadBalancerTargets
{
    /// <summary>The application load balancer that a target of the group is; null when there is none, or it is another account's.</summary>
    public static LoadBalancer? Find(Snapshot snapshot, TargetGroup group, string id) =>
        Arn.TryParse(id, out var arn) && arn.Account == group.Arn.Account && arn.Region == group.Arn.Region
            && snapshot.V2LoadBalancers.Find(arn) is { Type: LoadBalancerType.Application } found
            ? found
            : null;

    /// <summary>Why a load balancer may not be given traffic; null when it may. It has the group's account, and a listener there.</summary>
    public static TargetFault? WhyNot(Snapshot snapshot, TargetGroup group, Target target) =>
        Find(snapshot, group, target.Id) is not { } found
            ? new("there is no such application load balancer", IsAbsolute: true)
            : snapshot.Listeners.Of(found.Arn).Find(ListenerCollection.OrderOf(target.Port)) is null
            ? new($"it has no listener on port '{target.Port}'", IsAbsolute: true)
            : found.VpcId != group.VpcId
            ? new($"it is not in the VPC '{group.VpcId}' of the target group", IsAbsolute: true)
            : null;

    /// <summary>The ports at which a load balancer is a target of some group.</summary>
    public static IReadOnlyList<int> PortsSentTo(this Snapshot snapshot, Arn loadBalancer) =>
        snapshot.UsersOf(Use.OfLoadBalancer(loadBalancer)) is { Count: > 0 } users
            ? [.. users.Select(user => user.Key).OfType<Arn>().Select(snapshot.TargetGroups.Find).OfType<TargetGroup>()
                .Select(group => group.Port).Distinct().Order()]
            : [];

    /// <summary>Throws while the load balancer is a target at one of these ports.</summary>
    public static void EnsureNotInUse(this Snapshot snapshot, Arn loadBalancer, IEnumerable<int> ports)
    {
        foreach (var port in snapshot.PortsSentTo(loadBalancer).Intersect(ports).Take(1))
        {
            throw Errors.ResourceInUse.Because(
                $"Listener port '{port}' is in use by registered target '{loadBalancer}' and cannot be removed.");
        }
    }
}
