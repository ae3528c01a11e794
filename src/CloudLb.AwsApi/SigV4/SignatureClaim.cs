namespace CloudLb.AwsApi.SigV4;

/// <summary>
/// What a request says of its signature, well-formed and of this time. Whether it is true shows only when the signature is computed.
/// </summary>
internal sealed record SignatureClaim
{
    public required PresentedSignature Presented { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required CredentialScope Scope { get; init; }
}
