using CloudLb.Core.Resources;

namespace CloudLb.Core.Inventory;

/// <summary>What tags of the inventory may be: EC2's limits (EC2 user guide, tag restrictions), and nothing that ends a line.</summary>
public static class TagLimits
{
    /// <summary>Of one resource.</summary>
    public const int Count = 50;

    public const int KeyLength = 128;

    public const int ValueLength = 256;

    public static bool Allow(Tag tag) =>
        tag.Key.Length is > 0 and <= KeyLength
            && tag.Value.Length <= ValueLength
            && !tag.Key.Any(char.IsControl)
            && !tag.Value.Any(char.IsControl);
}
