using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Accounts;
using CloudLb.Iam.AccessKeys;
using CloudLb.Iam.Contracts;
using CloudLb.Iam.Mapping;

namespace CloudLb.Iam.Operations;

/// <summary>Shows a user of the account, or whom the caller's own key stands for.</summary>
internal sealed class GetUser(KnownAccessKeys keys) : IOperation<GetUserRequest, GetUserResponse>
{
    public Task<GetUserResponse> ExecuteAsync(GetUserRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var user = keys.Current.GetUser(caller.OwnerOf(request.UserName));
        return Task.FromResult(new GetUserResponse
        {
            User = new()
            {
                Path = user.Owner.UserName is null ? null : "/",
                UserName = user.Owner.UserName,
                UserId = user.Owner.UserId,
                Arn = user.Owner.Arn,
                CreateDate = user.CreateDate,
            },
        });
    }
}
