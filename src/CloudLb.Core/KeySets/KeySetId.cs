using CloudLb.Core.Accounts;

namespace CloudLb.Core.KeySets;

/// <summary>Public keys that somebody offers at an address, for one account: what it may reach another may not.</summary>
/// <param name="Account">On whose behalf they are fetched.</param>
/// <param name="Url">Where they are.</param>
public sealed record KeySetId(AccountId Account, string Url);
