using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Takes revocations from a trust store: all that are named or, where there is no such one, none.</summary>
internal sealed class RemoveTrustStoreRevocations(IResourceStore store)
    : IOperation<RemoveTrustStoreRevocationsRequest, RemoveTrustStoreRevocationsResponse>
{
    public async Task<RemoveTrustStoreRevocationsResponse> ExecuteAsync(
        RemoveTrustStoreRevocationsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var arn = caller.Arn(request.TrustStoreArn, ArnKind.TrustStore);
        await store.ChangeAsync(
            snapshot =>
            {
                snapshot.TrustStores.Get(arn);
                return request.RevocationIds.Distinct()
                    .Select(id => snapshot.Revocations.Get(new RevocationKey(arn, id)))
                    .Aggregate(snapshot, (next, revocation) => next.Without(RevocationCollection.Kind, revocation.Key));
            },
            cancellationToken);

        return new();
    }
}
