namespace CloudLb.Core.KeySets;

/// <summary>Who needs key sets. Answers from memory; from any thread.</summary>
public interface IKeySetUsers
{
    /// <summary>The sets in use now. While nothing has changed it is the same object.</summary>
    IReadOnlySet<KeySetId> Used();
}
