using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;
using TrustStore = CloudLb.ElbV2.Domain.TrustStore;

namespace CloudLb.ElbV2.Operations;

/// <summary>Describes the trust stores named, by ARN or by name, or all of the account and region page by page.</summary>
internal sealed class DescribeTrustStores(IResourceStore store) : IOperation<DescribeTrustStoresRequest, DescribeTrustStoresResponse>
{
    public Task<DescribeTrustStoresResponse> ExecuteAsync(
        DescribeTrustStoresRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var snapshot = store.Current;
        var stores = snapshot.TrustStores;
        Page<TrustStore> page = request switch
        {
            { TrustStoreArns.Count: > 0, Names.Count: > 0 } => throw CommonErrors.ValidationError.Because(
                "Trust store ARNs and trust store names cannot be specified at the same time"),
            { TrustStoreArns: { Count: > 0 } arns } =>
                new([.. arns.Distinct().Select(arn => stores.Get(caller.Arn(arn, ArnKind.TrustStore)))], null),
            { Names: { Count: > 0 } names } => new([.. names.Distinct().Select(name => stores.Get(caller.Scope(), name))], null),
            _ => Page.Of(stores.Of(caller.Scope()), each => each.Name, request.Marker, request.PageSize),
        };
        return Task.FromResult(
            new DescribeTrustStoresResponse
            {
                TrustStores = [.. page.Items.Select(each => each.ToWire(snapshot))], NextMarker = page.NextMarker,
            });
    }
}
