using CloudLb.Core;

namespace CloudLb.ElbV2.Domain.Attributes;

/// <summary>Attributes that are set.</summary>
internal static class AttributeValues
{
    /// <summary>The value that was set; null where none was.</summary>
    public static string? Find(this EquatableArray<ResourceAttribute> set, string key)
    {
        foreach (var attribute in set)
        {
            if (attribute.Key == key)
            {
                return attribute.Value;
            }
        }

        return null;
    }
}
