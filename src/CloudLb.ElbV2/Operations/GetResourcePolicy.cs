using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Says as AWS does that there is no policy: a trust store that is shared would have one, and none can be.</summary>
internal sealed class GetResourcePolicy(IResourceStore store) : IOperation<GetResourcePolicyRequest, GetResourcePolicyResponse>
{
    public Task<GetResourcePolicyResponse> ExecuteAsync(
        GetResourcePolicyRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var known = store.Current.TrustStores.Find(caller.Arn(request.ResourceArn, ArnKind.TrustStore));
        throw Errors.ResourceNotFound.Because(
            known is null ? "The specified resource does not exist" : $"The resource policy of '{known.Arn}' does not exist");
    }
}
