using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Describes the load balancers with a listener that uses a trust store, page by page.</summary>
internal sealed class DescribeTrustStoreAssociations(IResourceStore store)
    : IOperation<DescribeTrustStoreAssociationsRequest, DescribeTrustStoreAssociationsResponse>
{
    public Task<DescribeTrustStoreAssociationsResponse> ExecuteAsync(
        DescribeTrustStoreAssociationsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var snapshot = store.Current;
        var trustStore = snapshot.TrustStores.Get(caller.Arn(request.TrustStoreArn, ArnKind.TrustStore));
        var page = Page.Of(snapshot.LoadBalancersOf(trustStore.Arn), arn => arn.Path, request.Marker, request.PageSize);
        return Task.FromResult(
            new DescribeTrustStoreAssociationsResponse
            {
                TrustStoreAssociations =
                    [.. page.Items.Select(arn => new TrustStoreAssociation { ResourceArn = arn.ToString() })],
                NextMarker = page.NextMarker,
            });
    }
}
