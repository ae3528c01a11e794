namespace CloudLb.AwsApi.SigV4;

/// <summary>An access key and whom it stands for.</summary>
public sealed record SigningCredential
{
    public required string AccessKeyId { get; init; }

    public required string SecretAccessKey { get; init; }

    /// <summary>Twelve decimal digits.</summary>
    public required string Account { get; init; }

    public required string Arn { get; init; }

    public required string UserId { get; init; }

    /// <summary>An inactive key is known but signs nothing.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>Keeps the secret out of logs and messages.</summary>
    public override string ToString() => AccessKeyId;
}
