namespace CloudLb.Core.Resources;

/// <summary>One resource that is another in a snapshot than in one before it.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Key">Its key.</param>
/// <param name="Value">What it is now; null when it is gone.</param>
public readonly record struct ResourceDelta(ResourceKind Kind, object Key, object? Value);
