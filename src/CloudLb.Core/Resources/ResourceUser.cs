namespace CloudLb.Core.Resources;

/// <summary>A resource of whatever kind, as the one that uses something. In the order of kinds and keys.</summary>
public readonly record struct ResourceUser(ResourceKind Kind, object Key) : IComparable<ResourceUser>
{
    public int CompareTo(ResourceUser other)
    {
        var order = string.CompareOrdinal(Kind.Name, other.Kind.Name);
        return order != 0 ? order : Kind.CompareKeys(Key, other.Key);
    }

    /// <summary>The kind and the key, as they stand in a store's rows.</summary>
    public override string ToString() => $"{Kind.Name} {Kind.TextOf(Key)}";
}
