using System.Net;
using System.Net.Sockets;

namespace CloudLb.Core.Targets;

/// <summary>What an address means: itself, and the IPv4 address that an IPv6 one stands for.</summary>
internal static class AddressMeanings
{
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork LocalNat64 = IPNetwork.Parse("64:ff9b:1::/48");
    private static readonly IPNetwork Translated = IPNetwork.Parse("::ffff:0:0:0/96");
    private static readonly IPNetwork Compatible = IPNetwork.Parse("::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Teredo = IPNetwork.Parse("2001::/32");

    /// <remarks>
    /// Forms: RFC 4291 (mapped, compatible), 2765 (translated), 6052 and 8215 (NAT64), 3056 (6to4), 4380 (Teredo, whose bits are inverted).
    /// </remarks>
    public static IEnumerable<IPAddress> Of(IPAddress address)
    {
        yield return address;
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            yield break;
        }

        var bytes = address.GetAddressBytes();
        if (address.IsIPv4MappedToIPv6 || Nat64.Contains(address) || LocalNat64.Contains(address) || Translated.Contains(address)
            || (Compatible.Contains(address) && !IPAddress.IsLoopback(address)))
        {
            yield return new(bytes.AsSpan(12));
        }
        else if (SixToFour.Contains(address))
        {
            yield return new(bytes.AsSpan(2, 4));
        }
        else if (Teredo.Contains(address))
        {
            yield return new([.. bytes[12..].Select(part => (byte)~part)]);
        }
    }
}
