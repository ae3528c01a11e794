using System.Net;
using System.Net.Sockets;

namespace CloudLb.Core.Inventory;

/// <summary>The forms that an instance id may have.</summary>
public static class InstanceId
{
    /// <summary>A host name's own limit (RFC 1035); ids of the inventory file keep to it too.</summary>
    private const int MaximumLength = 253;
    private const int MaximumLabelLength = 63;

    /// <summary>An id that the inventory file may list: letters, digits and <c>-_.:</c>.</summary>
    public static bool IsListable(string id) =>
        id.Length is > 0 and <= MaximumLength
            && id.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or ':');

    /// <summary>
    /// An id as EC2 gives them: <c>i-</c> and 8 or 17 hexadecimal digits; what other programs give, 1 to 17, is taken as well.
    /// </summary>
    public static bool IsEc2(string id) => NetworkId.IsWellFormed(id, "i-");

    /// <summary>An IPv4 address in four decimal parts, or an IPv6 address without a scope, that traffic can be sent to.</summary>
    public static bool TryParseAddress(string id, out IPAddress address)
    {
        address = IPAddress.None;
        var isPlausible = id.Contains(':')
            ? id.All(character => char.IsAsciiHexDigit(character) || character is ':' or '.')
            : IsDottedQuad(id);
        if (!isPlausible || !IPAddress.TryParse(id, out var parsed) || !IsUsable(parsed))
        {
            return false;
        }

        address = parsed;
        return true;
    }

    /// <summary>
    /// A host name of one label or more (RFC 1123), whose last label is not a number, decimal or hexadecimal, as resolvers read such a name
    /// as an address; ids that begin as EC2's do are none.
    /// </summary>
    public static bool IsHostName(string id) =>
        id.Length is > 0 and <= MaximumLength && !id.StartsWith("i-", StringComparison.Ordinal)
        && id.Split('.') is var labels && labels.All(IsLabel) && !IsNumber(labels[^1]);

    /// <summary>
    /// Traffic can be sent there. HAProxy reads the unspecified address as "where the client connected to", and a link-local IPv6 address
    /// means nothing without the interface it belongs to.
    /// </summary>
    public static bool IsUsable(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            Span<byte> bytes = stackalloc byte[4];
            return address.TryWriteBytes(bytes, out _) && bytes[0] is not (0 or >= 224);
        }

        return !address.Equals(IPAddress.IPv6Any) && !address.IsIPv6Multicast && !address.IsIPv6LinkLocal && !address.IsIPv4MappedToIPv6;
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= MaximumLabelLength && label[0] != '-' && label[^1] != '-'
        && label.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');

    private static bool IsNumber(string label) =>
        label.All(char.IsAsciiDigit)
            || (label.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && label.Skip(2).All(char.IsAsciiHexDigit));

    private static bool IsDottedQuad(ReadOnlySpan<char> id)
    {
        var count = 0;
        foreach (var range in id.Split('.'))
        {
            var part = id[range];
            if (part.Length is 0 or > 3 || part.ContainsAnyExceptInRange('0', '9') || (part.Length > 1 && part[0] == '0'))
            {
                return false;
            }

            count++;
        }

        return count == 4;
    }
}
