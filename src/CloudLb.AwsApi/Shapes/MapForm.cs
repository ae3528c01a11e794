namespace CloudLb.AwsApi.Shapes;

/// <summary>How a map is spelled where the protocol leaves a choice.</summary>
/// <param name="Key">What the key is called; null for <c>key</c>.</param>
/// <param name="Value">What the value is called; null for <c>value</c>.</param>
/// <param name="IsFlat">Whether there is nothing around its entries, which then have the map's own name.</param>
public readonly record struct MapForm(string? Key = null, string? Value = null, bool IsFlat = false)
{
    internal string KeyName => Key ?? "key";

    internal string ValueName => Value ?? "value";
}
