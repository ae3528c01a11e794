using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Iam.AccessKeys;
using CloudLb.Iam.Contracts;
using CloudLb.Iam.Mapping;

namespace CloudLb.Iam.Operations;

/// <summary>Ends a key for good; one that the settings give as well.</summary>
internal sealed class DeleteAccessKey(AccessKeyChanges changes) : IOperation<DeleteAccessKeyRequest, DeleteAccessKeyResponse>
{
    public async Task<DeleteAccessKeyResponse> ExecuteAsync(
        DeleteAccessKeyRequest request, Caller caller, CancellationToken cancellationToken)
    {
        await changes.DeleteAsync(caller.OwnerOf(request.UserName), request.AccessKeyId, cancellationToken);
        return new();
    }
}
