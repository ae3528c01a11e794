using System.Collections.Immutable;

namespace CloudLb.Core.Resources;

/// <inheritdoc cref="ResourceCollection"/>
public sealed class ResourceCollection<TKey, TValue> : ResourceCollection
    where TKey : class
    where TValue : class
{
    private readonly ResourceKind<TKey, TValue> _kind;
    private readonly ImmutableSortedDictionary<TKey, TValue> _byKey;

    // In the order of the kind's indexes.
    private readonly ImmutableArray<object> _indexes;

    private ResourceCollection(
        ResourceKind<TKey, TValue> kind, ImmutableSortedDictionary<TKey, TValue> byKey, ImmutableArray<object> indexes) =>
        (_kind, _byKey, _indexes) = (kind, byKey, indexes);

    /// <summary>All of them at once, for a start with thousands; of two with the same key, the later.</summary>
    internal static ResourceCollection<TKey, TValue> Of(ResourceKind<TKey, TValue> kind, IEnumerable<TValue> values)
    {
        var builder = ImmutableSortedDictionary.CreateBuilder<TKey, TValue>(ResourceKind<TKey, TValue>.Order);
        foreach (var value in values)
        {
            builder[kind.KeyOf(value)] = value;
        }

        var byKey = builder.ToImmutable();
        return new(kind, byKey, [.. kind.Indexes.Select(index => index.Collect(byKey))]);
    }

    public override int Count => _byKey.Count;

    /// <summary>In the order of their keys.</summary>
    public IEnumerable<TValue> All => _byKey.Values;

    public TValue? Find(TKey key) => _byKey.GetValueOrDefault(key);

    /// <summary>The resource, or what its kind answers for one that is not there.</summary>
    public TValue Get(TKey key) => Find(key) ?? throw _kind.NotFound(key);

    /// <param name="index">One of the kind's own.</param>
    /// <param name="group">Which of its groups; one that is not there is empty.</param>
    public ResourceGroup<TKey, TValue> In<TGroup>(ResourceIndex<TKey, TValue, TGroup> index, TGroup group)
        where TGroup : notnull
    {
        for (var position = 0; position < _indexes.Length; position++)
        {
            if (ReferenceEquals(_kind.Indexes[position], index))
            {
                return new(this, index.Members(_indexes[position], group));
            }
        }

        throw new ArgumentException($"It is no index of the {_kind.Name}.", nameof(index));
    }

    internal override IEnumerable<object> Values => _byKey.Values;

    internal override object? FindObject(object key) => Find((TKey)key);

    internal ResourceCollection<TKey, TValue> With(TKey key, TValue? before, TValue? after) => new(
        _kind,
        after is null ? _byKey.Remove(key) : _byKey.SetItem(key, after),
        _indexes.IsEmpty ? _indexes : [.. _indexes.Select((state, position) => _kind.Indexes[position].With(state, key, before, after))]);
}
