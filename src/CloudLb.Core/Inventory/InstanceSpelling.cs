namespace CloudLb.Core.Inventory;

/// <summary>
/// Whether two instance ids are one server, written in two ways: an IPv6 address in any of its spellings, a host name in upper or lower
/// case. Ids of other forms, and an address and a name that stands for it today, are one only when they are equal.
/// </summary>
public sealed class InstanceSpelling : IEqualityComparer<string>
{
    public static readonly InstanceSpelling Same = new();

    private InstanceSpelling()
    {
    }

    public bool Equals(string? x, string? y) =>
        string.Equals(x, y, StringComparison.Ordinal) || (x is not null && y is not null && Plain(x) == Plain(y));

    public int GetHashCode(string obj) => Plain(obj).GetHashCode(StringComparison.Ordinal);

    /// <summary>The one spelling that stands for all.</summary>
    private static string Plain(string id)
    {
        if (InstanceId.TryParseAddress(id, out var address))
        {
            return address.ToString();
        }

        return InstanceId.IsHostName(id) ? id.ToLowerInvariant() : id;
    }
}
