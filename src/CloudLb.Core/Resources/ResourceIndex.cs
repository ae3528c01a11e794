namespace CloudLb.Core.Resources;

/// <summary>Finds the resources of one kind by something else than their key.</summary>
public abstract class ResourceIndex<TKey, TValue>
    where TKey : class
    where TValue : class
{
    private protected ResourceIndex()
    {
    }

    /// <summary>What the index holds of these; a state is immutable.</summary>
    internal abstract object Collect(IEnumerable<KeyValuePair<TKey, TValue>> resources);

    internal abstract object With(object state, TKey key, TValue? before, TValue? after);
}
