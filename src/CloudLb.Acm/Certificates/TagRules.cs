using CloudLb.Core;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;

namespace CloudLb.Acm.Certificates;

/// <summary>ACM's rules of tags, whose keys are told apart by their case.</summary>
internal static class TagRules
{
    private const int MaximumTags = 50;

    /// <summary>Adds tags, replacing those of the same key.</summary>
    public static ServerCertificate WithTags(this ServerCertificate certificate, IReadOnlyCollection<Tag> added)
    {
        var byKey = new SortedDictionary<string, Tag>(certificate.Tags.ToDictionary(tag => tag.Key), StringComparer.Ordinal);
        var addedKeys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tag in added)
        {
            if (tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
            {
                throw Errors.InvalidTagException.Because($"The tag key {tag.Key} begins with aws:, which is reserved.");
            }

            if (!addedKeys.Add(tag.Key))
            {
                throw Errors.InvalidParameterException.Because($"The tag key {tag.Key} is there more than once.");
            }

            byKey[tag.Key] = tag;
        }

        return byKey.Count <= MaximumTags
            ? certificate with { Tags = byKey.Values.ToEquatableArray() }
            : throw Errors.TooManyTagsException.Because($"A certificate can have {MaximumTags} tags.");
    }

    /// <summary>
    /// Removes tags: those of that key and value, or of that key whatever the value where none is named. One that is not there is no error.
    /// </summary>
    public static ServerCertificate WithoutTags(
        this ServerCertificate certificate, IReadOnlyCollection<(string Key, string? Value)> removed) => certificate with
    {
        Tags = certificate.Tags
            .Where(tag => !removed.Any(one => one.Key == tag.Key && (one.Value is null || one.Value == tag.Value)))
            .ToEquatableArray(),
    };
}
