using CloudLb.Core;
using CloudLb.Core.Resources;
using Wire = CloudLb.ElbV2.Contracts;

namespace CloudLb.ElbV2.Mapping;

/// <summary>Tags; a value that is not given is empty.</summary>
internal static class TagMapping
{
    public static IReadOnlyCollection<Tag> ToDomain(this IReadOnlyList<Wire.Tag>? tags) =>
        [.. (tags ?? []).Select(tag => new Tag(tag.Key, tag.Value ?? ""))];

    public static IReadOnlyList<Wire.Tag> ToWire(this EquatableArray<Tag> tags) =>
        [.. tags.Select(tag => new Wire.Tag { Key = tag.Key, Value = tag.Value })];
}
