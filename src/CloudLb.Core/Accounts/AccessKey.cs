using System.Security.Cryptography;

namespace CloudLb.Core.Accounts;

/// <summary>What a caller signs with, and whom it stands for.</summary>
public sealed record AccessKey
{
    public required string AccessKeyId { get; init; }

    public required string SecretAccessKey { get; init; }

    public required AccountId Account { get; init; }

    /// <summary>
    /// Whose key it is. One with full permission is the account's own, AWS's root user's: null. Another is a user's; one that the settings
    /// give makes the user, who has its id for a name.
    /// </summary>
    public string? UserName
    {
        get => Permission == Permission.Full ? null : field ?? AccessKeyId;
        init;
    }

    public Permission Permission { get; init; } = Permission.Full;

    /// <summary>An inactive key is known but signs nothing.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>To the second. Of a key that the settings give: when it was first seen.</summary>
    public DateTimeOffset CreateDate { get; init; }

    public AccessKeyOwner Owner => new(Account, UserName);

    /// <summary>As AWS's: AKIA and sixteen characters of base 32.</summary>
    public static string NewId() => $"AKIA{RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)}";

    /// <summary>As AWS's: forty characters, 240 random bits.</summary>
    public static string NewSecret() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(30));

    /// <summary>Keeps the secret out of logs and messages.</summary>
    public override string ToString() => AccessKeyId;
}
