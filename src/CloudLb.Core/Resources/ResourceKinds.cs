using System.Collections.Frozen;

namespace CloudLb.Core.Resources;

/// <summary>The kinds that the rooms have registered.</summary>
public sealed class ResourceKinds
{
    private readonly FrozenDictionary<string, ResourceKind> _byName;
    private readonly FrozenDictionary<ResourceKind, int> _positions;

    /// <param name="kinds">Each once, and each with a name of its own.</param>
    public ResourceKinds(IEnumerable<ResourceKind> kinds)
    {
        All = [.. kinds.Distinct().OrderBy(kind => kind.Name, StringComparer.Ordinal)];
        _byName = All.ToFrozenDictionary(kind => kind.Name);
        _positions = All.Index().ToFrozenDictionary(one => one.Item, one => one.Index);
    }

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<ResourceKind> All { get; }

    public ResourceKind? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>What there is of all kinds, read by a store as it begins.</summary>
    /// <param name="values">Of whatever kinds, in any order.</param>
    /// <param name="revision">The last commit's.</param>
    public Snapshot Collect(IEnumerable<(ResourceKind Kind, object Value)> values, long revision)
    {
        var byKind = values.ToLookup(one => one.Kind, one => one.Value);
        return new(
            this,
            [.. All.Select(kind => kind.Collect(byKind[kind]))],
            ResourceUses.Of(byKind.SelectMany(kind => kind.Select(value => (new ResourceUser(kind.Key, kind.Key.KeyIn(value)), value)))),
            revision);
    }

    internal int PositionOf(ResourceKind kind) => _positions.TryGetValue(kind, out var position)
        ? position
        : throw new InvalidOperationException($"The kind {kind.Name} is not registered (AddResourceKind).");
}
