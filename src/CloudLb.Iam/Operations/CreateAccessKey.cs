using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Accounts;
using CloudLb.Iam.AccessKeys;
using CloudLb.Iam.Contracts;
using CloudLb.Iam.Mapping;
using AccessKey = CloudLb.Core.Accounts.AccessKey;

namespace CloudLb.Iam.Operations;

/// <summary>Makes another key for a user, which may do what the user's others may. This answer alone holds its secret.</summary>
internal sealed class CreateAccessKey(KnownAccessKeys keys, AccessKeyChanges changes, TimeProvider clock)
    : IOperation<CreateAccessKeyRequest, CreateAccessKeyResponse>
{
    public async Task<CreateAccessKeyResponse> ExecuteAsync(
        CreateAccessKeyRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var user = keys.Current.GetUser(caller.OwnerOf(request.UserName));
        var key = new AccessKey
        {
            AccessKeyId = AccessKey.NewId(),
            SecretAccessKey = AccessKey.NewSecret(),
            Account = user.Owner.Account,
            UserName = user.Owner.UserName,
            Permission = user.Permission,
            CreateDate = new(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero),
        };

        var created = await changes.CreateAsync(key, cancellationToken);
        return new()
        {
            AccessKey = new()
            {
                UserName = created.UserName,
                AccessKeyId = created.AccessKeyId,
                Status = created.StatusText(),
                SecretAccessKey = created.SecretAccessKey,
                CreateDate = created.CreateDate,
            },
        };
    }
}
