using System.Net.Sockets;
using CloudLb.Core;
using CloudLb.Core.Addresses;
using CloudLb.Core.Resources;
using CloudLb.Dns.Answering;

namespace CloudLb.Dns.Publishing;

/// <summary>What is to be at the name server.</summary>
internal static class RecordSets
{
    /// <summary>Every name with the addresses that the responder would tell, in the order of the names.</summary>
    public static IReadOnlyList<RecordSet> Of(NameAddresses addresses, Snapshot snapshot) =>
    [
        .. addresses.NamesIn(snapshot).Where(HostNameClaims.IsName).Order(StringComparer.Ordinal)
            .Select(name => Of(name, addresses.Of(snapshot, name) ?? []))
            .Where(set => set.Addresses.Count > 0),
    ];

    /// <summary>Only healthy ones while there are any; a server gives each its turn by itself.</summary>
    public static RecordSet Of(string name, IReadOnlyList<NamedAddress> addresses) => new(
        name,
        AddressChoice.Of(addresses, AddressFamily.InterNetwork, 0).Concat(AddressChoice.Of(addresses, AddressFamily.InterNetworkV6, 0))
            .ToEquatableArray());
}
