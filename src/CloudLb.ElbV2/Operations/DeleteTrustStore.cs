using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Deletes a trust store that no listener uses, with its revocations.</summary>
internal sealed class DeleteTrustStore(IResourceStore store) : IOperation<DeleteTrustStoreRequest, DeleteTrustStoreResponse>
{
    public async Task<DeleteTrustStoreResponse> ExecuteAsync(
        DeleteTrustStoreRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var arn = caller.Arn(request.TrustStoreArn, ArnKind.TrustStore);
        await store.ChangeAsync(
            snapshot =>
            {
                snapshot.TrustStores.Get(arn);
                return snapshot.IsUsed(Use.OfTrustStore(arn.ToString()))
                    ? throw Errors.TrustStoreInUse.Because($"Trust store '{arn}' is currently in use by a listener")
                    : snapshot.Revocations.Of(arn).After(null).Aggregate(
                        snapshot.Without(TrustStoreCollection.Kind, arn),
                        (next, revocation) => next.Without(RevocationCollection.Kind, revocation.Key));
            },
            cancellationToken);

        return new();
    }
}
