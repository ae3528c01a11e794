using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Accounts;
using CloudLb.Iam.Contracts;
using CloudLb.Iam.Mapping;

namespace CloudLb.Iam.Operations;

/// <summary>Ends a key for good; one that the settings give as well.</summary>
internal sealed class DeleteAccessKey(KnownAccessKeys keys) : IOperation<DeleteAccessKeyRequest, DeleteAccessKeyResponse>
{
    public async Task<DeleteAccessKeyResponse> ExecuteAsync(DeleteAccessKeyRequest request, Caller caller, CancellationToken cancellationToken)
    {
        await keys.DeleteAsync(caller.OwnerOf(request.UserName), request.AccessKeyId, cancellationToken);
        return new();
    }
}
