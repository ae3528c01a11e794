using CloudLb.Core;
using CloudLb.Core.Resources;
using Wire = CloudLb.Ec2.Contracts;

namespace CloudLb.Ec2.Mapping;

/// <summary>Tags as EC2 shows them.</summary>
internal static class TagMapping
{
    public static IReadOnlyList<Wire.Tag> ToWire(this EquatableArray<Tag> tags) =>
        [.. tags.Select(tag => new Wire.Tag { Key = tag.Key, Value = tag.Value })];
}
