using CloudLb.Core.Accounts;

namespace CloudLb.ElbV2.Domain;

/// <summary>Within what names are unique, and over what lists go.</summary>
public sealed record Scope(AccountId Account, string Region);
