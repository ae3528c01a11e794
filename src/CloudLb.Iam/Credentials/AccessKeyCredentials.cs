using CloudLb.AwsQuery.SigV4;
using CloudLb.Core.Accounts;

namespace CloudLb.Iam.Credentials;

/// <summary>Gives the signature check the access keys that there are. Each stands for its account itself, as AWS's root user does.</summary>
internal sealed class AccessKeyCredentials(IAccessKeyStore keys) : ICredentialSource
{
    public ValueTask<SigningCredential?> FindAsync(string accessKeyId, CancellationToken cancellationToken)
    {
        if (keys.Find(accessKeyId) is not { } key)
        {
            return default;
        }

        var account = key.Account.ToString();
        return new(new SigningCredential
        {
            AccessKeyId = key.AccessKeyId,
            SecretAccessKey = key.SecretAccessKey,
            Account = account,
            Arn = $"arn:aws:iam::{account}:root",
            UserId = account,
            IsActive = key.IsActive,
        });
    }
}
