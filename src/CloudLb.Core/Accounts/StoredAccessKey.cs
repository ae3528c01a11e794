using CloudLb.Core.Resources;

namespace CloudLb.Core.Accounts;

/// <summary>What is kept of one access key, whether it was made through IAM or is given by the settings.</summary>
public sealed record StoredAccessKey
{
    public required string AccessKeyId { get; init; }

    public required AccountId Account { get; init; }

    /// <summary>Null for the account itself.</summary>
    public string? UserName { get; init; }

    public required AccessKeyStatus Status { get; init; }

    /// <summary>When it was made or first seen; to the second.</summary>
    public required DateTimeOffset CreateDate { get; init; }

    /// <summary>Sealed with its id; null for a key that the settings give, and once deleted.</summary>
    public SealedText? Secret { get; init; }

    public static StoredAccessKey Of(AccessKey key, SealedText? secret) => new()
    {
        AccessKeyId = key.AccessKeyId,
        Account = key.Account,
        UserName = key.UserName,
        Status = key.IsActive ? AccessKeyStatus.Active : AccessKeyStatus.Inactive,
        CreateDate = key.CreateDate,
        Secret = secret,
    };

    internal AccessKeyOwner Owner => new(Account, UserName);
}
