using System.Collections.Immutable;

namespace CloudLb.Core.Resources;

/// <summary>Groups them, and keeps each group in order: the load balancers of an account and region by name, say.</summary>
/// <param name="groupOf">The group of a resource.</param>
/// <param name="orderOf">Its place in the group, in ordinal order; a name for the most part.</param>
public sealed class ResourceIndex<TKey, TValue, TGroup>(Func<TValue, TGroup> groupOf, Func<TValue, string> orderOf)
    : ResourceIndex<TKey, TValue>
    where TKey : class
    where TValue : class
    where TGroup : notnull
{
    internal override object Collect(IEnumerable<KeyValuePair<TKey, TValue>> resources) => resources
        .GroupBy(resource => groupOf(resource.Value), Entry)
        .ToImmutableDictionary(group => group.Key, group => group.ToImmutableSortedSet());

    internal override object With(object state, TKey key, TValue? before, TValue? after)
    {
        var groups = (ImmutableDictionary<TGroup, ImmutableSortedSet<IndexEntry<TKey>>>)state;
        if (before is not null && after is not null && groupOf(before).Equals(groupOf(after)) && orderOf(before) == orderOf(after))
        {
            return state;
        }

        if (before is not null)
        {
            // A group is whatever a caller named, a region that it signed with say: one that is empty again leaves nothing behind.
            var group = groupOf(before);
            var left = groups[group].Remove(new(orderOf(before), key));
            groups = left.IsEmpty ? groups.Remove(group) : groups.SetItem(group, left);
        }

        return after is null ? groups : groups.SetItem(groupOf(after), Members(groups, groupOf(after)).Add(new(orderOf(after), key)));
    }

    internal ImmutableSortedSet<IndexEntry<TKey>> Members(object state, TGroup group) =>
        ((ImmutableDictionary<TGroup, ImmutableSortedSet<IndexEntry<TKey>>>)state).GetValueOrDefault(
            group, ImmutableSortedSet<IndexEntry<TKey>>.Empty);

    private IndexEntry<TKey> Entry(KeyValuePair<TKey, TValue> resource) => new(orderOf(resource.Value), resource.Key);
}
