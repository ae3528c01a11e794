namespace CloudLb.Core.Resources;

/// <summary>What a commit has made of one resource.</summary>
/// <param name="Key">Which one.</param>
/// <param name="Revision">The last commit that changed it.</param>
/// <param name="Value">What it is since; null when it is gone.</param>
public sealed record ResourceChange<TKey, TValue>(TKey Key, long Revision, TValue? Value)
    where TKey : class
    where TValue : class;
