namespace CloudLb.AwsApi;

/// <summary>Who signed the request, and for which region.</summary>
public sealed record Caller
{
    /// <summary>Twelve decimal digits.</summary>
    public required string Account { get; init; }

    public required string AccessKeyId { get; init; }

    public required string Arn { get; init; }

    public required string UserId { get; init; }

    /// <summary>From the credential scope.</summary>
    public required string Region { get; init; }

    /// <summary>The service that was signed for. Null with version 2 of the signature, which names none.</summary>
    public string? SigningName { get; init; }
}
