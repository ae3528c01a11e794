using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Updating;

/// <summary>
/// Finds the load balancers that two plans do not share. What is the same object in both costs one comparison of references.
/// </summary>
internal static class PlanChanges
{
    /// <summary>
    /// Each changed load balancer with its next plan, null where it has none any more. Both plans are in the order of their keys.
    /// </summary>
    public static List<(LoadBalancerId Key, PlannedLoadBalancer? Next)> Between(TrafficPlan before, TrafficPlan after)
    {
        var changes = new List<(LoadBalancerId, PlannedLoadBalancer?)>();
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

            var order = i == olds.Length ? 1 : j == news.Length ? -1 : olds[i].Id.CompareTo(news[j].Id);
            if (order < 0)
            {
                changes.Add((olds[i++].Id, null));
            }
            else
            {
                if (order > 0 || olds[i] != news[j])
                {
                    changes.Add((news[j].Id, news[j]));
                }

                i += order == 0 ? 1 : 0;
                j++;
            }
        }

        return changes;
    }
}
