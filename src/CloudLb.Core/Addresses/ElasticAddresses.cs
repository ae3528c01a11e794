using System.Net;
using CloudLb.Core.Accounts;

namespace CloudLb.Core.Addresses;

/// <summary>Addresses that belong to an account whether a load balancer has them or not, as Elastic IPs do at AWS.</summary>
/// <param name="addresses">By the account, twelve digits, and the allocation id.</param>
public sealed class ElasticAddresses(IReadOnlyDictionary<(string Account, string AllocationId), IPAddress> addresses)
{
    public static readonly ElasticAddresses None = new(new Dictionary<(string Account, string AllocationId), IPAddress>());

    /// <summary>Those of all accounts, which no pool gives out.</summary>
    public IReadOnlySet<IPAddress> All { get; } = addresses.Values.ToHashSet();

    /// <summary>The account's address; null when it has none by that id, whoever else has.</summary>
    public IPAddress? Find(AccountId account, string allocationId) => addresses.GetValueOrDefault((account.ToString(), allocationId));
}
