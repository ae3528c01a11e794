using System.Collections.Immutable;

namespace CloudLb.Core.Resources;

/// <summary>A resource's place in a group of an index. One without a key stands before all others of its order, to look for them.</summary>
internal readonly record struct IndexEntry<TKey>(string Order, TKey? Key) : IComparable<IndexEntry<TKey>>
    where TKey : class
{
    public int CompareTo(IndexEntry<TKey> other)
    {
        var order = string.CompareOrdinal(Order, other.Order);
        return order != 0 ? order : Comparer<TKey>.Default.Compare(Key, other.Key);
    }

    /// <summary>Where the first entry of an order is, or would be.</summary>
    public static int First(ImmutableSortedSet<IndexEntry<TKey>> entries, string order)
    {
        var index = entries.IndexOf(new(order, null));
        return index < 0 ? ~index : index;
    }
}
