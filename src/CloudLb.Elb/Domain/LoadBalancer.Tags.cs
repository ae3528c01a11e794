using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.Core.Resources;

namespace CloudLb.Elb.Domain;

public sealed partial record LoadBalancer
{
    /// <summary>Adds tags, replacing the values of keys that are there: all of them or, on an error, none.</summary>
    public LoadBalancer WithTags(IReadOnlyCollection<Tag> added, Quotas quotas)
    {
        var byKey = new SortedDictionary<string, Tag>(Tags.ToDictionary(tag => tag.Key), StringComparer.Ordinal);
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

        return byKey.Count <= Math.Max(quotas.Tags, Tags.Count)
            ? this with { Tags = byKey.Values.ToEquatableArray() }
            : throw Errors.TooManyTags.Because($"The maximum number of tags per load balancer is {quotas.Tags}.");
    }

    /// <summary>Removes tags; a key that is not there is no error.</summary>
    public LoadBalancer WithoutTags(IReadOnlyCollection<string> keys) =>
        this with { Tags = Tags.Where(tag => !keys.Contains(tag.Key)).ToEquatableArray() };
}
