using System.Text;
using CloudLb.AwsApi;
using CloudLb.Ec2.Contracts;
using Tag = CloudLb.Core.Resources.Tag;

namespace CloudLb.Ec2.Selecting;

/// <summary>How resources of one kind are asked for: by their ids, by filters, page by page.</summary>
internal sealed class ResourceKind<T>
{
    /// <summary>EC2's range of MaxResults.</summary>
    private const int SmallestPage = 5;
    private const int LargestPage = 1000;

    private const string TagKey = "tag-key";
    private const string TagPrefix = "tag:";

    public required Func<T, string> Id { get; init; }

    /// <summary>What they are ordered by, each its own: the id, unless another one should come before.</summary>
    public Func<T, string>? Place { get; init; }

    public required Func<string, WireException> NotFound { get; init; }

    /// <summary>
    /// What each filter compares with, but for those on tags. Any other filter is refused: without it something else would be found.
    /// </summary>
    public required IReadOnlyDictionary<string, Func<T, IEnumerable<string?>>> Filters { get; init; }

    /// <summary>The tags that filters compare with; null of a kind that has none at AWS either.</summary>
    public Func<T, IEnumerable<Tag>>? Tags { get; init; }

    /// <summary>Those asked for, in the order of their places. An id or a filter that is not known is an error.</summary>
    public (IReadOnlyList<T> Page, string? NextToken) Select(IEnumerable<T> all, Selection selection)
    {
        var found = all.ToList();
        if (selection.Ids.Count > 0)
        {
            var known = found.Select(Id).ToHashSet();
            if (selection.Ids.FirstOrDefault(id => !known.Contains(id)) is { } missing)
            {
                throw NotFound(missing);
            }

            found.RemoveAll(one => !selection.Ids.Contains(Id(one)));
        }

        foreach (var filter in selection.Filters)
        {
            var valuesOf = ValuesOf(filter.Name);
            found.RemoveAll(
                one => !valuesOf(one).OfType<string>().Any(value => (filter.Values ?? []).Any(pattern => Wildcard.Fits(pattern, value))));
        }

        return Page([.. found.DistinctBy(Id).OrderBy(Place ?? Id, StringComparer.Ordinal)], selection);
    }

    private Func<T, IEnumerable<string?>> ValuesOf(string filter)
    {
        if (Filters.TryGetValue(filter, out var values))
        {
            return values;
        }

        if (Tags is not { } tags)
        {
            throw Ec2Errors.InvalidFilter(filter);
        }

        return filter == TagKey
            ? one => tags(one).Select(tag => tag.Key)
            : filter.StartsWith(TagPrefix, StringComparison.Ordinal)
                ? one => tags(one).Where(tag => tag.Key == filter[TagPrefix.Length..]).Select(tag => tag.Value)
                : throw Ec2Errors.InvalidFilter(filter);
    }

    private (IReadOnlyList<T> Page, string? NextToken) Page(List<T> found, Selection selection)
    {
        if (selection.MaxResults is < SmallestPage or > LargestPage)
        {
            throw Ec2Errors.InvalidValue(
                $"Value ( {selection.MaxResults} ) for parameter maxResults is invalid. Expecting a value between {SmallestPage} and " +
                $"{LargestPage}.");
        }

        if (selection is { MaxResults: not null, Ids.Count: > 0 })
        {
            throw Ec2Errors.InvalidCombination("The parameter maxResults cannot be used with ids in the same request");
        }

        var place = Place ?? Id;
        var rest = selection.NextToken is { } token
            ? found.SkipWhile(one => string.CompareOrdinal(place(one), Last(token)) <= 0).ToList()
            : found;
        return selection.MaxResults is { } size && rest.Count > size
            ? (rest[..size], Convert.ToBase64String(Encoding.UTF8.GetBytes(place(rest[size - 1]))))
            : (rest, null);
    }

    /// <summary>A token is the last place that was answered, so that it outlives a change of what there is.</summary>
    private static string Last(string token)
    {
        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw Ec2Errors.InvalidValue($"Value ( {token} ) for parameter nextToken is invalid");
    }
}
