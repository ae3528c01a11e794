using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

/// <summary>Tags of whatever resource, in the order of their keys.</summary>
internal static class TagRules
{
    /// <summary>With tags added, replacing the values of keys that are there: all of them or, on an error, none.</summary>
    public static EquatableArray<Tag> With(this EquatableArray<Tag> tags, IReadOnlyCollection<Tag> added, Quotas quotas)
    {
        var byKey = new SortedDictionary<string, Tag>(tags.ToDictionary(tag => tag.Key), StringComparer.Ordinal);
        var addedKeys = new HashSet<string>();
        foreach (var tag in added)
        {
            if (tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
            {
                throw CommonErrors.ValidationError.Because($"Tag key '{tag.Key}' cannot start with 'aws:'");
            }

            if (!addedKeys.Add(tag.Key))
            {
                throw Errors.DuplicateTagKeys.Because("Duplicate Tag Keys found in the request. Tag keys should be unique.");
            }

            byKey[tag.Key] = tag;
        }

        return byKey.Count <= Math.Max(quotas.Tags, tags.Count)
            ? byKey.Values.ToEquatableArray()
            : throw Errors.TooManyTags.Because($"The maximum number of tags per resource is {quotas.Tags}.");
    }

    /// <summary>Without the tags of those keys; a key that is not there is no error.</summary>
    public static EquatableArray<Tag> Without(this EquatableArray<Tag> tags, IReadOnlyCollection<string> keys) =>
        tags.Where(tag => !keys.Contains(tag.Key)).ToEquatableArray();
}
