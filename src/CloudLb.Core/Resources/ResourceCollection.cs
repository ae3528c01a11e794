namespace CloudLb.Core.Resources;

/// <summary>All resources of one kind at one moment. Immutable: a reader keeps what it has while the next one is made.</summary>
public abstract class ResourceCollection
{
    private protected ResourceCollection()
    {
    }

    public abstract int Count { get; }

    internal abstract IEnumerable<object> Values { get; }

    internal abstract object? FindObject(object key);
}
