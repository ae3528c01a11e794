using System.Net;
using CloudLb.Core;

namespace CloudLb.HAProxy.Configuration;

/// <summary>Who may connect to a listener. Others are cut off before a byte of theirs is read, and before a TLS handshake.</summary>
internal static class SourceLines
{
    private const string List = "allowed_source";

    private const int ReservedLength = 8;

    private static readonly IPAddress Mapped = IPAddress.Parse("::ffff:0:0");

    /// <param name="text">What they are added to.</param>
    /// <param name="allowed">The networks; null: all.</param>
    /// <param name="isShared">Whether connections come by the front, too.</param>
    /// <param name="isTarget">Whether they come from other load balancers, too.</param>
    public static void Write(ConfigText text, EquatableArray<string>? allowed, bool isShared = false, bool isTarget = false)
    {
        if (allowed is not { } networks)
        {
            return;
        }

        WriteList(text, List, networks);
        if (networks.Count == 0)
        {
            text.Line("tcp-request").Constant("connection reject");
        }
        else if (isShared)
        {
            SharedLines.WriteSources(text, List, isTarget);
        }
        else
        {
            text.Line("tcp-request").Constant($"connection reject unless {List}{(isTarget ? $" or {ChainLines.IsChained}" : "")}");
        }

        if (isTarget && networks.Count > 0)
        {
            ChainLines.WriteSources(text, List);
        }
    }

    /// <summary>The networks as a condition of this name; none at all where there are none.</summary>
    public static void WriteList(ConfigText text, string name, EquatableArray<string> networks)
    {
        // A line for each network: HAProxy takes at most 64 words a line, and lines of one name are alternatives.
        foreach (var network in networks.SelectMany(Written))
        {
            text.Line("acl").Name(name).Word("src").Word(network);
        }
    }

    /// <summary>
    /// A network in CIDR form as HAProxy must be told it. To HAProxy an IPv4 address is in every IPv6 network that holds
    /// <c>::ffff:0:0/96</c>, in <c>::/0</c> for instance (2.6.12); so such a network is written as its parts outside of <c>::/8</c>, and
    /// <c>::1</c>.
    /// </summary>
    public static IEnumerable<string> Written(string network)
    {
        if (!IPNetwork.TryParse(network, out var parsed) || !parsed.Contains(Mapped))
        {
            return [network];
        }

        var parts = new List<string> { "::1/128" };
        for (var length = parsed.PrefixLength + 1; length <= ReservedLength; length++)
        {
            var bytes = new byte[16];
            bytes[0] = (byte)(1 << (8 - length));
            parts.Add($"{new IPAddress(bytes)}/{length}");
        }

        return parts;
    }
}
