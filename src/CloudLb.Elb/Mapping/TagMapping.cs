using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.Core.Resources;
using Wire = CloudLb.Elb.Contracts;

namespace CloudLb.Elb.Mapping;

/// <summary>Tags; a value that is not given is empty.</summary>
internal static class TagMapping
{
    public static IReadOnlyCollection<Tag> ToDomain(this IReadOnlyList<Wire.Tag>? tags) =>
        [.. (tags ?? []).Select(tag => new Tag(tag.Key, tag.Value ?? ""))];

    public static IReadOnlyList<Wire.Tag> ToWire(this EquatableArray<Tag> tags) =>
        [.. tags.Select(tag => new Wire.Tag { Key = tag.Key, Value = tag.Value })];

    /// <summary>The keys that RemoveTags names; one that is there twice counts once.</summary>
    public static IReadOnlyCollection<string> Keys(this IReadOnlyList<Wire.TagKeyOnly> tags) => tags.All(tag => tag.Key is not null)
        ? tags.Select(tag => tag.Key!).ToHashSet()
        : throw CommonErrors.ValidationError.Because("Tag key cannot be empty");

    /// <summary>AddTags and RemoveTags take a list of names that must have exactly one.</summary>
    public static string Single(this IReadOnlyList<string> loadBalancerNames) =>
        loadBalancerNames is [var name] ? name : throw CommonErrors.ValidationError.Because("Exactly 1 LoadBalancerName can be specified");
}
