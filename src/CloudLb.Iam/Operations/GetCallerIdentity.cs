using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Iam.Contracts;

namespace CloudLb.Iam.Operations;

/// <summary>Tells callers whom their key stands for; it needs no permission.</summary>
internal sealed class GetCallerIdentity : IOperation<GetCallerIdentityRequest, GetCallerIdentityResponse>
{
    public Task<GetCallerIdentityResponse> ExecuteAsync(
        GetCallerIdentityRequest request, Caller caller, CancellationToken cancellationToken) =>
        Task.FromResult(new GetCallerIdentityResponse { Account = caller.Account, Arn = caller.Arn, UserId = caller.UserId });
}
