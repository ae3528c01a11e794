namespace CloudLb.AwsApi.SigV4;

/// <summary>Why the signature of this request was refused, for the answer and for what is written down.</summary>
/// <param name="Credential">As it was claimed, hostile; null where none could be read.</param>
internal sealed record SignatureRefusal(WireError Error, string? Credential = null)
{
    /// <summary>Empty where none was claimed.</summary>
    public string AccessKeyId => Credential?.Split('/', 2)[0] ?? "";
}
