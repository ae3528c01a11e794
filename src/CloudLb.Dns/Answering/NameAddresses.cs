using System.Net;
using CloudLb.Core.Resources;

namespace CloudLb.Dns.Answering;

/// <summary>What the load balancers' names lead to.</summary>
/// <param name="suffix">How they end, in lower case; other host names are others' to answer.</param>
/// <param name="shared">Where all of them are reached; null: each at its own address.</param>
internal sealed class NameAddresses(string suffix, IPAddress? shared)
{
    /// <summary>Every name there is, in lower case.</summary>
    public IEnumerable<string> NamesIn(Snapshot snapshot) => snapshot.InUse(Used.HostName)
        .Select(use => (string)use.Id).Where(name => name.EndsWith($".{suffix}", StringComparison.Ordinal));

    /// <summary>Null when there is none of that name.</summary>
    public IReadOnlyList<NamedAddress>? Of(Snapshot snapshot, string name)
    {
        var users = snapshot.UsersOf(Use.OfHostName(name));
        return users.Count == 0
            ? null
            : [.. users.SelectMany(user => Of(snapshot, user)).Distinct().Select(address => new NamedAddress(address))];
    }

    private IEnumerable<IPAddress> Of(Snapshot snapshot, ResourceUser user) => shared is not null
        ? [shared]
        : snapshot.UsesOf(user).Where(use => use.What == Used.Address).Select(use => (IPAddress)use.Id);
}
