using CloudLb.Core.LoadBalancers;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Updating;

/// <summary>Finds the load balancers that two plans do not share. What is the same object in both costs one comparison of references.</summary>
internal static class PlanChanges
{
    /// <summary>Each changed load balancer with its next plan, null where it has none any more. Both plans are in the order of their keys.</summary>
    public static List<(LoadBalancerKey Key, PlannedLoadBalancer? Next)> Between(TrafficPlan before, TrafficPlan after)
    {
        var changes = new List<(LoadBalancerKey, PlannedLoadBalancer?)>();
        var olds = before.LoadBalancers.AsSpan();
        var news = after.LoadBalancers.AsSpan();
        var (i, j) = (0, 0);
        while (i < olds.Length || j < news.Length)
        {
            if (i < olds.Length && j < news.Length && ReferenceEquals(olds[i], news[j]))
            {
                (i, j) = (i + 1, j + 1);
                continue;
            }

            var order = i == olds.Length ? 1 : j == news.Length ? -1 : olds[i].Key.CompareTo(news[j].Key);
            if (order < 0)
            {
                changes.Add((olds[i++].Key, null));
            }
            else
            {
                if (order > 0 || olds[i] != news[j])
                {
                    changes.Add((news[j].Key, news[j]));
                }

                i += order == 0 ? 1 : 0;
                j++;
            }
        }

        return changes;
    }
}
