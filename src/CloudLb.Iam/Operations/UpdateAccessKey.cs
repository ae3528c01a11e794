using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core;
using CloudLb.Core.Accounts;
using CloudLb.Iam.Contracts;
using CloudLb.Iam.Mapping;

namespace CloudLb.Iam.Operations;

/// <summary>Has a key sign no more, or again.</summary>
internal sealed class UpdateAccessKey(KnownAccessKeys keys) : IOperation<UpdateAccessKeyRequest, UpdateAccessKeyResponse>
{
    public async Task<UpdateAccessKeyResponse> ExecuteAsync(UpdateAccessKeyRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var isActive = request.Status switch
        {
            AccessKeyMapping.Active => true,
            AccessKeyMapping.Inactive => false,
            _ => throw new ServiceException(
                ErrorCode.ValidationError,
                $"1 validation error detected: Value '{request.Status}' at 'status' failed to satisfy constraint: " +
                $"Member must satisfy enum value set: [{AccessKeyMapping.Active}, {AccessKeyMapping.Inactive}]"),
        };
        await keys.SetActiveAsync(caller.OwnerOf(request.UserName), request.AccessKeyId, isActive, cancellationToken);
        return new();
    }
}
