using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;
using CloudLb.Iam.Contracts;
using CloudLb.Iam.Mapping;

namespace CloudLb.Iam.Operations;

/// <summary>Lists the caller's certificates below a path, in the order of their names, page by page.</summary>
internal sealed class ListServerCertificates(IResourceStore store)
    : IOperation<ListServerCertificatesRequest, ListServerCertificatesResponse>
{
    public Task<ListServerCertificatesResponse> ExecuteAsync(
        ListServerCertificatesRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var after = Markers.Decode(request.Marker);
        var page = Page<Core.Certificates.ServerCertificate>.Of(
            store.Current.Certificates.After(caller.AccountId(), after, request.PathPrefix ?? "/"),
            request.MaxItems,
            certificate => certificate.Name);
        return Task.FromResult(new ListServerCertificatesResponse
        {
            ServerCertificateMetadataList = [.. page.Items.Select(certificate => certificate.ToMetadata())],
            IsTruncated = page.Marker is not null,
            Marker = page.Marker,
        });
    }
}
