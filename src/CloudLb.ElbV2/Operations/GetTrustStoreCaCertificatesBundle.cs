using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;
using CloudLb.ElbV2.TrustLinks;

namespace CloudLb.ElbV2.Operations;

/// <summary>Says where the certificates of a trust store are read, for ten minutes.</summary>
internal sealed class GetTrustStoreCaCertificatesBundle(IResourceStore store, TrustStoreLinks links)
    : IOperation<GetTrustStoreCaCertificatesBundleRequest, GetTrustStoreCaCertificatesBundleResponse>
{
    public Task<GetTrustStoreCaCertificatesBundleResponse> ExecuteAsync(
        GetTrustStoreCaCertificatesBundleRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var arn = caller.Arn(request.TrustStoreArn, ArnKind.TrustStore);
        store.Current.TrustStores.Get(arn);
        return Task.FromResult(new GetTrustStoreCaCertificatesBundleResponse { Location = links.Of(arn, null) });
    }
}
