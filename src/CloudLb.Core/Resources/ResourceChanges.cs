namespace CloudLb.Core.Resources;

/// <summary>What has become of the resources of one kind since a revision.</summary>
/// <param name="Revision">The last commit's: where to go on from.</param>
/// <param name="IsWhole">Deletions of that time are forgotten, so that these are all that there is: what is not among them is gone.</param>
/// <param name="Changes">In the order of their revisions; each resource once.</param>
public sealed record ResourceChanges<TKey, TValue>(long Revision, bool IsWhole, IReadOnlyList<ResourceChange<TKey, TValue>> Changes)
    where TKey : class
    where TValue : class;
