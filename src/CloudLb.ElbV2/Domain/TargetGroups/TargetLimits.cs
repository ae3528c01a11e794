using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

/// <summary>How many targets all groups of one load balancer may have together.</summary>
public sealed class TargetLimits(Quotas quotas)
{
    public Quotas Quotas => quotas;

    /// <summary>The group as it is to become, unless its load balancer has too many targets then; fewer than before are taken.</summary>
    public TargetGroup Check(Snapshot snapshot, TargetGroup before, TargetGroup after)
    {
        if (after.Targets.Count <= before.Targets.Count || snapshot.LoadBalancerOf(after.Arn) is not { } loadBalancer)
        {
            return after;
        }

        var others = snapshot.Listeners.Of(loadBalancer).After(null)
            .SelectMany(listener => listener.TargetGroups).Distinct().Where(arn => arn != after.Arn)
            .Sum(arn => snapshot.TargetGroups.Find(arn)?.Targets.Count ?? 0);
        var quota = after.IsHttp ? quotas.TargetsPerApplicationLoadBalancer : quotas.TargetsPerNetworkLoadBalancer;
        return others + after.Targets.Count <= quota
            ? after
            : throw Errors.TooManyTargets.Because(
                $"The maximum number of targets per load balancer '{quota}' has been reached on load balancer '{loadBalancer}'");
    }
}
