using CloudLb.Core.KeySets;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Told;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Health;

namespace CloudLb.ElbV2.Status;

/// <summary>Tells an operator where requests would go, by the rules as they are kept.</summary>
internal sealed class V2Routes(IResourceStore store, TargetHealthReader health, IKeySets keySets) : IToldRoutes
{
    public ToldRoute? Follow(LoadBalancerId loadBalancer, ToldRequest request)
    {
        var snapshot = store.Current;
        return loadBalancer.Kind is LoadBalancerIds.Application or LoadBalancerIds.Network
            && snapshot.V2LoadBalancers.Of(new(loadBalancer.Account, loadBalancer.Region)).Find(loadBalancer.Name) is { } found
            ? RouteReasons.Follow(
                [.. snapshot.Listeners.Of(found.Arn).After(null)], request, group => Share(snapshot, group),
                action => keySets.Find(new(found.Arn.Account, action.JwksEndpoint)))
            : null;
    }

    private ToldShare Share(Snapshot snapshot, WeightedTargetGroup named)
    {
        if (snapshot.TargetGroups.Find(named.TargetGroup) is not { } group)
        {
            return new(named.TargetGroup.Name, named.Weight, 0, 0);
        }

        var states = health.Read(snapshot, group, [.. group.Targets.Select(target => new TargetId(target.Id, target.Port))]);
        return new(group.Name, named.Weight, states.Count, states.Count(state => state == TargetState.Healthy));
    }
}
