namespace CloudLb.Iam.Mapping;

/// <summary>One page of a list.</summary>
/// <param name="Items">At most as many as were asked for.</param>
/// <param name="Marker">Where the next page begins; null when this one is the last.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Marker)
{
    /// <summary>IAM's size of a page when the caller names none.</summary>
    private const int UsualSize = 100;

    public static Page<T> Of(IEnumerable<T> following, int? size, Func<T, string> name)
    {
        var count = size ?? UsualSize;
        var items = following.Take(count + 1).ToList();
        return items.Count > count ? new(items[..count], Markers.Encode(name(items[count - 1]))) : new(items, null);
    }
}
