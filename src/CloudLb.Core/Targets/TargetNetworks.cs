using System.Net;

namespace CloudLb.Core.Targets;

/// <summary>
/// Where instances may be. Of all networks that contain an address the smallest decides, so that an exception can be made of any network;
/// of the same one, what is forbidden by a setting wins over what is allowed by one, and that over what is forbidden by default. An address
/// in none of them may be a target unless networks are allowed by a setting, which then are all there are.
/// </summary>
public sealed class TargetNetworks
{
    /// <summary>
    /// Link-local networks, and where clouds tell machines who they are and with what keys: AWS and most others (in 169.254.0.0/16),
    /// Alibaba, Azure, Oracle; over IPv6 AWS, Google and Scaleway.
    /// </summary>
    private static readonly string[] Metadata =
    [
        "169.254.0.0/16", "fe80::/10", "100.100.100.200/32", "168.63.129.16/32", "192.0.0.192/32", "fd00:ec2::/32", "fd20:ce::254/128",
        "fd00:42::42/128",
    ];

    private static readonly string[] Loopback = ["127.0.0.0/8", "::1/128"];

    /// <summary>The smallest first, and of the same network the one that wins.</summary>
    private readonly List<Entry> _entries;
    private readonly bool _isListOfAll;

    /// <param name="allowed">Those that a setting allows.</param>
    /// <param name="forbidden">Those that a setting forbids.</param>
    /// <param name="hasSeveralAccounts">
    /// What listens on loopback addresses is the machine's own, and no business of one account among several.
    /// </param>
    public TargetNetworks(IEnumerable<IPNetwork> allowed, IEnumerable<IPNetwork> forbidden, bool hasSeveralAccounts)
    {
        var byDefault = hasSeveralAccounts ? Metadata.Concat(Loopback) : Metadata;
        _entries =
        [
            .. forbidden.Select(network => new Entry(network, IsAllowed: false, IsGiven: true))
                .Concat(allowed.Select(network => new Entry(network, IsAllowed: true, IsGiven: true)))
                .Concat(byDefault.Select(network => new Entry(IPNetwork.Parse(network), IsAllowed: false, IsGiven: false)))
                .OrderByDescending(entry => entry.Network.PrefixLength),
        ];
        _isListOfAll = _entries.Any(entry => entry.IsAllowed);
    }

    /// <summary>Why no instance may be at the address; null when one may.</summary>
    public TargetFault? WhyNot(IPAddress address)
    {
        foreach (var entry in _entries)
        {
            if (entry.Network.Contains(address))
            {
                return entry.IsAllowed
                    ? null
                    : new($"{address} is in the network {entry.Network}, where no instance may be", entry.IsGiven);
            }
        }

        return _isListOfAll ? new($"{address} is in none of the networks where instances may be", IsAbsolute: true) : null;
    }

    private sealed record Entry(IPNetwork Network, bool IsAllowed, bool IsGiven);
}
