namespace CloudLb.Core.Accounts;

/// <summary>What a caller signs with, and whom it stands for.</summary>
public sealed record AccessKey
{
    public required string AccessKeyId { get; init; }

    public required string SecretAccessKey { get; init; }

    public required AccountId Account { get; init; }

    public Permission Permission { get; init; } = Permission.Full;

    /// <summary>An inactive key is known but signs nothing.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>Keeps the secret out of logs and messages.</summary>
    public override string ToString() => AccessKeyId;
}
