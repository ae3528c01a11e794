namespace CloudLb.Core.Accounts;

/// <summary>What identifies a member: names are unique within an account.</summary>
public sealed record MemberKey(AccountId Account, string Name) : IComparable<MemberKey>
{
    /// <summary>No id of an access key has a hyphen, and so no user that the settings make has such a name.</summary>
    private const string UserPrefix = "member-";

    /// <summary>The user that the member's access keys belong to.</summary>
    public AccessKeyOwner ToOwner() => new(Account, $"{UserPrefix}{Name}");

    /// <summary>The member whose user it would be; null for a user of another kind.</summary>
    public static MemberKey? Of(AccountId account, string? userName) =>
        userName?.StartsWith(UserPrefix, StringComparison.Ordinal) == true ? new(account, userName[UserPrefix.Length..]) : null;

    public int CompareTo(MemberKey? other)
    {
        if (other is null)
        {
            return 1;
        }

        var order = Account.CompareTo(other.Account);
        return order != 0 ? order : string.CompareOrdinal(Name, other.Name);
    }

    /// <summary>Account and name, as they stand in logs and in the store.</summary>
    public override string ToString() => $"{Account}/{Name}";

    /// <summary>The other way. A name has no slash.</summary>
    public static MemberKey Parse(string text) => text.Split('/') is [var account, { Length: > 0 } name]
        ? new(new(account), name)
        : throw new FormatException($"'{text}' is no key.");
}
