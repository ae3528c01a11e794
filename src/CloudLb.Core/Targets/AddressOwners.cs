using System.Collections.Frozen;
using System.Net;
using CloudLb.Core.Accounts;
using CloudLb.Core.Inventory;

namespace CloudLb.Core.Targets;

/// <summary>Whose instances the inventory has at which address, so that nobody reaches by its address what is not his by its id.</summary>
internal sealed class AddressOwners
{
    public static readonly AddressOwners None = new(InventoryContent.Empty, FrozenDictionary<IPAddress, FrozenSet<AccountId>>.Empty);

    private readonly FrozenDictionary<IPAddress, FrozenSet<AccountId>> _owners;

    private AddressOwners(InventoryContent listed, FrozenDictionary<IPAddress, FrozenSet<AccountId>> owners) =>
        (Listed, _owners) = (listed, owners);

    /// <summary>What it was made of.</summary>
    public InventoryContent Listed { get; }

    /// <summary>An address that also an instance of no account has is nobody's.</summary>
    public static AddressOwners Of(InventoryContent listed) => new(
        listed,
        listed.Instances.Values.GroupBy(instance => instance.Address)
            .Where(instances => instances.All(instance => instance.Account is not null))
            .ToFrozenDictionary(
                instances => instances.Key, instances => instances.Select(instance => instance.Account!.Value).ToFrozenSet()));

    public bool IsOthers(IPAddress address, AccountId account) => _owners.TryGetValue(address, out var owners) && !owners.Contains(account);
}
