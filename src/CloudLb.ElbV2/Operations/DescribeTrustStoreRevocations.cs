using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Describes the revocations of a trust store: those named, or all page by page in the order in which they were added.</summary>
internal sealed class DescribeTrustStoreRevocations(IResourceStore store)
    : IOperation<DescribeTrustStoreRevocationsRequest, DescribeTrustStoreRevocationsResponse>
{
    public Task<DescribeTrustStoreRevocationsResponse> ExecuteAsync(
        DescribeTrustStoreRevocationsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var snapshot = store.Current;
        var arn = caller.Arn(request.TrustStoreArn, ArnKind.TrustStore);
        snapshot.TrustStores.Get(arn);
        Page<Revocation> page = request.RevocationIds is { Count: > 0 } ids
            ? new([.. ids.Distinct().Select(id => snapshot.Revocations.Get(new RevocationKey(arn, id)))], null)
            : Page.Of(snapshot.Revocations.Of(arn), RevocationCollection.OrderOf, request.Marker, request.PageSize);
        return Task.FromResult(
            new DescribeTrustStoreRevocationsResponse
            {
                TrustStoreRevocations = [.. page.Items.Select(each => each.ToWire())], NextMarker = page.NextMarker,
            });
    }
}
