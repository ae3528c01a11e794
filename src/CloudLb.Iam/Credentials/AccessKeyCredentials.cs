using CloudLb.AwsApi.SigV4;
using CloudLb.Core.Accounts;

namespace CloudLb.Iam.Credentials;

/// <summary>
/// Gives the signature check the access keys that there are. One that may do all stands for its account itself, as AWS's root user does;
/// another for a user of its name.
/// </summary>
internal sealed class AccessKeyCredentials(IAccessKeySource keys) : ICredentialSource
{
    public ValueTask<SigningCredential?> FindAsync(string accessKeyId, CancellationToken cancellationToken)
    {
        if (keys.Find(accessKeyId) is not { } key)
        {
            return default;
        }

        return new(new SigningCredential
        {
            AccessKeyId = key.AccessKeyId,
            SecretAccessKey = key.SecretAccessKey,
            Account = key.Account.ToString(),
            Arn = key.Owner.Arn,
            UserId = key.Owner.UserId,
            IsActive = key.IsActive,
        });
    }
}
