using CloudLb.AwsQuery.SigV4;
using CloudLb.Core.Accounts;

namespace CloudLb.Iam.Credentials;

/// <summary>Gives the signature check the access keys that there are. One that may do all stands for its account itself, as AWS's root user does; another for a user of its name.</summary>
internal sealed class AccessKeyCredentials(IAccessKeyStore keys) : ICredentialSource
{
    public ValueTask<SigningCredential?> FindAsync(string accessKeyId, CancellationToken cancellationToken)
    {
        if (keys.Find(accessKeyId) is not { } key)
        {
            return default;
        }

        var account = key.Account.ToString();
        var isRoot = key.Permission == Permission.Full;
        return new(new SigningCredential
        {
            AccessKeyId = key.AccessKeyId,
            SecretAccessKey = key.SecretAccessKey,
            Account = account,
            Arn = isRoot ? $"arn:aws:iam::{account}:root" : $"arn:aws:iam::{account}:user/{key.AccessKeyId}",
            UserId = isRoot ? account : key.AccessKeyId,
            IsActive = key.IsActive,
        });
    }
}
