using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;
using CloudLb.ElbV2.TrustLinks;

namespace CloudLb.ElbV2.Operations;

/// <summary>Says where a revocation of a trust store is read, for ten minutes.</summary>
internal sealed class GetTrustStoreRevocationContent(IResourceStore store, TrustStoreLinks links)
    : IOperation<GetTrustStoreRevocationContentRequest, GetTrustStoreRevocationContentResponse>
{
    public Task<GetTrustStoreRevocationContentResponse> ExecuteAsync(
        GetTrustStoreRevocationContentRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var arn = caller.Arn(request.TrustStoreArn, ArnKind.TrustStore);
        store.Current.TrustStores.Get(arn);
        store.Current.Revocations.Get(new RevocationKey(arn, request.RevocationId));
        return Task.FromResult(new GetTrustStoreRevocationContentResponse { Location = links.Of(arn, request.RevocationId) });
    }
}
