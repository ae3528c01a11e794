using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Mapping;

/// <summary>A page of what is described, and where the next one begins.</summary>
/// <param name="Items">In order.</param>
/// <param name="NextMarker">Null at the end.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextMarker);

/// <summary>Cuts pages. The service model's largest page is the one that is taken when none is asked for.</summary>
internal static class Page
{
    private const int DefaultSize = 400;

    /// <param name="group">What is described.</param>
    /// <param name="orderOf">The order of its index.</param>
    /// <param name="marker">The request's.</param>
    /// <param name="size">The request's.</param>
    public static Page<TValue> Of<TKey, TValue>(
        ResourceGroup<TKey, TValue> group, Func<TValue, string> orderOf, string? marker, int? size)
        where TKey : class
        where TValue : class
    {
        // One more than the page tells whether there is another.
        var most = size ?? DefaultSize;
        return Cut(group.Page(Markers.Decode(marker), most + 1), orderOf, most);
    }

    /// <param name="all">What is described, in ordinal order of <paramref name="orderOf"/>.</param>
    /// <param name="orderOf">By what the next page is found.</param>
    /// <param name="marker">The request's.</param>
    /// <param name="size">The request's.</param>
    public static Page<T> Of<T>(IEnumerable<T> all, Func<T, string> orderOf, string? marker, int? size)
    {
        var (most, last) = (size ?? DefaultSize, Markers.Decode(marker));
        return Cut(
            [.. all.Where(item => last is null || string.CompareOrdinal(orderOf(item), last) > 0).Take(most + 1)], orderOf, most);
    }

    private static Page<T> Cut<T>(IReadOnlyList<T> found, Func<T, string> orderOf, int most) => found.Count > most
        ? new([.. found.Take(most)], Markers.Encode(orderOf(found[most - 1])))
        : new(found, null);
}
