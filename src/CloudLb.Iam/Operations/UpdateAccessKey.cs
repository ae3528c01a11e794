using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Accounts;
using CloudLb.Iam.AccessKeys;
using CloudLb.Iam.Contracts;
using CloudLb.Iam.Mapping;

namespace CloudLb.Iam.Operations;

/// <summary>Has a key sign no more, or again.</summary>
internal sealed class UpdateAccessKey(AccessKeyChanges changes) : IOperation<UpdateAccessKeyRequest, UpdateAccessKeyResponse>
{
    public async Task<UpdateAccessKeyResponse> ExecuteAsync(
        UpdateAccessKeyRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var isActive = request.Status switch
        {
            AccessKeyMapping.Active => true,
            AccessKeyMapping.Inactive => false,
            _ => throw CommonErrors.ValidationError.Because(
                $"1 validation error detected: Value '{request.Status}' at 'status' failed to satisfy constraint: " +
                $"Member must satisfy enum value set: [{AccessKeyMapping.Active}, {AccessKeyMapping.Inactive}]"),
        };
        await changes.SetActiveAsync(caller.OwnerOf(request.UserName), request.AccessKeyId, isActive, cancellationToken);
        return new();
    }
}
