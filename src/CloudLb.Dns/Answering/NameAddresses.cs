using System.Net;
using CloudLb.Core.Resources;

namespace CloudLb.Dns.Answering;

/// <summary>What the load balancers' names lead to.</summary>
/// <param name="suffix">How they end, in lower case; other host names are others' to answer.</param>
/// <param name="shared">Where all of them are reached; null: each at its own addresses.</param>
/// <param name="isGood">Whether clients are to be sent to an address, where there are several.</param>
internal sealed class NameAddresses(string suffix, IPAddress? shared, Func<IPAddress, bool> isGood)
{
    /// <summary>Every name there is, in lower case.</summary>
    public IEnumerable<string> NamesIn(Snapshot snapshot) => snapshot.InUse(Used.HostName)
        .Select(use => (string)use.Id).Where(name => name.EndsWith($".{suffix}", StringComparison.Ordinal));

    /// <summary>Null when there is none of that name.</summary>
    public IReadOnlyList<NamedAddress>? Of(Snapshot snapshot, string name)
    {
        var users = snapshot.UsersOf(Use.OfHostName(name));
        if (users.Count == 0)
        {
            return null;
        }

        var addresses = users.SelectMany(user => Of(snapshot, user, name)).Distinct().ToList();
        var isInternal = users.Any(snapshot.IsInternal);
        return
        [
            .. addresses.Select(address => new NamedAddress(address, addresses.Count == 1 || isGood(address)) { IsInternal = isInternal }),
        ];
    }

    private IEnumerable<IPAddress> Of(Snapshot snapshot, ResourceUser user, string name) =>
        shared is not null ? [shared] : snapshot.AddressesOf(user, name);
}
