using CloudLb.AwsApi.SigV4;

namespace CloudLb.AwsApi.Foreign;

/// <summary>The signature of a foreign call: whose it says it is, and what is needed to check that against a body.</summary>
internal sealed record ForeignSignature
{
    /// <summary>
    /// To be believed once the signature was checked: at once where <see cref="Payload"/> has a text, otherwise with the body's hash.
    /// </summary>
    public required Caller Caller { get; init; }

    public required PresentedSignature Presented { get; init; }

    public required CredentialScope Scope { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>The key that the secret gives for the scope.</summary>
    public required SigningKey Key { get; init; }

    public required SentTarget Target { get; init; }

    public required PayloadDeclaration Payload { get; init; }
}
