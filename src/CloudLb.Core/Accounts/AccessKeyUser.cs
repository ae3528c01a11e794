namespace CloudLb.Core.Accounts;

/// <summary>
/// An owner of access keys. There is one for each account with a key of full permission in the settings, one for each other key there, and
/// one for each member.
/// </summary>
/// <param name="Owner">Who it is.</param>
/// <param name="Permission">What all its keys may do.</param>
/// <param name="CreateDate">When the first of its keys was seen.</param>
public sealed record AccessKeyUser(AccessKeyOwner Owner, Permission Permission, DateTimeOffset CreateDate);
