using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using CloudLb.Core.Addresses;

namespace CloudLb.Server.Settings;

/// <summary>What must be true of the addresses that belong to accounts.</summary>
public sealed partial class ServerOptions
{
    private const byte FirstOfGroups = 224;

    /// <summary>The networks of all pools and, each as a network of one, the addresses of accounts.</summary>
    internal IEnumerable<string> AllAddressNetworks =>
    [
        .. AllAddressPools.Select(pool => pool.Network),
        .. AllElasticAddresses.Select(one => $"{one.Address}/32"),
    ];

    /// <summary>Every address of an account, with the setting that has it.</summary>
    private IEnumerable<(string Setting, string Address)> AllElasticAddresses => ElasticAddresses.SelectMany(
        account => account.Value.Select(one => ($"{nameof(ElasticAddresses)}:{account.Key}:{one.Key}", one.Value)));

    private IEnumerable<string> ElasticFaults(IConfiguration configuration)
    {
        foreach (var account in ElasticAddresses.Keys.Where(account => !Core.Accounts.AccountId.IsValid(account)))
        {
            yield return $"CloudLb:{nameof(ElasticAddresses)} has '{account}', which is no account; one has twelve digits.";
        }

        foreach (var id in ElasticAddresses.Values.SelectMany(ids => ids.Keys).Where(id => !AllocationForm().IsMatch(id)))
        {
            yield return $"CloudLb:{nameof(ElasticAddresses)} has '{id}', which is no allocation id; one is written eipalloc-0a1b2c3d, "
                + "of letters, digits and hyphens.";
        }

        var shared = configuration[$"{SharedAddressOptions.Section}:{nameof(SharedAddressOptions.Address)}"];
        foreach (var (setting, text) in AllElasticAddresses)
        {
            if (!IPAddress.TryParse(text, out var address) || address.ToString() != text
                || address.AddressFamily != AddressFamily.InterNetwork || address.GetAddressBytes()[0] is 0 or >= FirstOfGroups)
            {
                yield return $"CloudLb:{setting} is '{text}'; it must be an IPv4 address such as 203.0.113.7.";
            }
            else if (text == shared)
            {
                yield return $"CloudLb:{setting} is {text}, which is {SharedAddressOptions.Section}:Address; that can be no account's.";
            }
        }

        foreach (var twice in AllElasticAddresses.GroupBy(one => one.Address).Where(group => group.Skip(1).Any()))
        {
            yield return $"CloudLb: {twice.Key} is given by {string.Join(" and ", twice.Select(one => one.Setting))}; an address is of one "
                + "allocation alone.";
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9-]{1,64}\z")]
    private static partial Regex AllocationForm();
}
