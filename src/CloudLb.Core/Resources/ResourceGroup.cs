using System.Collections.Immutable;

namespace CloudLb.Core.Resources;

/// <summary>The resources of one group of an index, in its order. Nothing is copied.</summary>
public readonly struct ResourceGroup<TKey, TValue>
    where TKey : class
    where TValue : class
{
    private readonly ResourceCollection<TKey, TValue> _collection;
    private readonly ImmutableSortedSet<IndexEntry<TKey>> _entries;

    internal ResourceGroup(ResourceCollection<TKey, TValue> collection, ImmutableSortedSet<IndexEntry<TKey>> entries) =>
        (_collection, _entries) = (collection, entries);

    public int Count => _entries.Count;

    /// <summary>The first one of that order, a name say; null when there is none.</summary>
    public TValue? Find(string order)
    {
        var index = IndexEntry<TKey>.First(_entries, order);
        return index < _entries.Count && _entries[index].Order == order ? At(index) : null;
    }

    /// <summary>Those after the order given, whether it is there or not; all without.</summary>
    public IEnumerable<TValue> After(string? order)
    {
        for (var index = IndexAfter(order); index < _entries.Count; index++)
        {
            yield return At(index);
        }
    }

    /// <summary>As <see cref="After"/>, and <paramref name="size"/> at most.</summary>
    public IReadOnlyList<TValue> Page(string? afterOrder, int size)
    {
        var first = IndexAfter(afterOrder);
        var last = (int)Math.Min((long)first + size, _entries.Count);
        var page = new List<TValue>(Math.Max(0, last - first));
        for (var index = first; index < last; index++)
        {
            page.Add(At(index));
        }

        return page;
    }

    private int IndexAfter(string? order)
    {
        if (order is null)
        {
            return 0;
        }

        var index = IndexEntry<TKey>.First(_entries, order);
        while (index < _entries.Count && _entries[index].Order == order)
        {
            index++;
        }

        return index;
    }

    private TValue At(int index) => _collection.Find(_entries[index].Key!)!;
}
