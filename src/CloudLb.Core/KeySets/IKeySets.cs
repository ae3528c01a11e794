namespace CloudLb.Core.KeySets;

/// <summary>The key sets in use, fetched in the background. Answers from memory; from any thread.</summary>
public interface IKeySets
{
    /// <summary>Another number whenever the keys of a set have become others.</summary>
    long Version { get; }

    KeySet Find(KeySetId id);
}
