using System.Runtime.InteropServices;

namespace CloudLb.Core.Traffic.Planning;

/// <summary>All the traffic that must flow, in no data plane's words: load balancers in the order of their ids.</summary>
public sealed record TrafficPlan(EquatableArray<PlannedLoadBalancer> LoadBalancers)
{
    public static readonly TrafficPlan Empty = new([]);

    /// <summary>What all sources want, together; each has its own in the order of ids.</summary>
    /// <remarks>
    /// Of every pass: what one source has between two of another's is taken at once, so that a few of one among ten thousand of another
    /// cost a few looks for where they belong.
    /// </remarks>
    public static TrafficPlan Merge(IEnumerable<IPlanSource> sources)
    {
        PlannedLoadBalancer[] merged = [];
        foreach (var source in sources)
        {
            PlannedLoadBalancer[] plan = [.. source.Plan()];
            merged = merged.Length == 0 ? plan : plan.Length == 0 ? merged : Merge(merged, plan);
        }

        return new(new EquatableArray<PlannedLoadBalancer>(ImmutableCollectionsMarshal.AsImmutableArray(merged)));
    }

    private static PlannedLoadBalancer[] Merge(ReadOnlySpan<PlannedLoadBalancer> one, ReadOnlySpan<PlannedLoadBalancer> other)
    {
        var merged = new PlannedLoadBalancer[one.Length + other.Length];
        var rest = merged.AsSpan();
        while (!other.IsEmpty)
        {
            var before = CountBefore(one, other[0].Id);
            one[..before].CopyTo(rest);
            rest = rest[before..];
            var left = one[before..];
            one = other;
            other = left;
        }

        one.CopyTo(rest);
        return merged;
    }

    /// <summary>How many of those in the order of ids stand before an id.</summary>
    private static int CountBefore(ReadOnlySpan<PlannedLoadBalancer> ordered, LoadBalancerId id)
    {
        var (first, end) = (0, ordered.Length);
        while (first < end)
        {
            var middle = (first + end) / 2;
            (first, end) = ordered[middle].Id.CompareTo(id) < 0 ? (middle + 1, end) : (first, middle);
        }

        return first;
    }
}
