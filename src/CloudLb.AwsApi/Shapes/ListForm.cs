namespace CloudLb.AwsApi.Shapes;

/// <summary>How a list is spelled where the protocol leaves a choice.</summary>
/// <param name="Item">What its items are called; null for <c>member</c>.</param>
/// <param name="IsFlat">Whether there is nothing around its items, which then have the list's own name.</param>
internal readonly record struct ListForm(string? Item, bool IsFlat);
