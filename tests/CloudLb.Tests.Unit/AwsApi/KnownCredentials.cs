using CloudLb.AwsApi.SigV4;

namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>AWS's documented example key, and one that is switched off.</summary>
internal sealed class KnownCredentials : ICredentialSource
{
    public const string AccessKeyId = "AKIDEXAMPLE";
    public const string InactiveKeyId = "AKIDINACTIVE";
    public const string SecretAccessKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    public const string Account = "123456789012";

    public ValueTask<SigningCredential?> FindAsync(string accessKeyId, CancellationToken cancellationToken) => ValueTask.FromResult(
        accessKeyId is AccessKeyId or InactiveKeyId
            ? new SigningCredential
            {
                AccessKeyId = accessKeyId,
                SecretAccessKey = SecretAccessKey,
                Account = Account,
                Arn = $"arn:aws:iam::{Account}:root",
                UserId = Account,
                IsActive = accessKeyId == AccessKeyId,
            }
            : null);
}
