using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;
using CloudLb.Iam.Certificates;
using CloudLb.Iam.Contracts;
using CloudLb.Iam.Mapping;

namespace CloudLb.Iam.Operations;

/// <summary>Lists a certificate's tags in the order of their keys, page by page.</summary>
internal sealed class ListServerCertificateTags(IResourceStore store)
    : IOperation<ListServerCertificateTagsRequest, ListServerCertificateTagsResponse>
{
    public Task<ListServerCertificateTagsResponse> ExecuteAsync(
        ListServerCertificateTagsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var after = Markers.Decode(request.Marker);
        var tags = store.Current.Certificates.Get(caller.AccountId(), request.ServerCertificateName).Tags
            .Where(tag => after is null || StringComparer.OrdinalIgnoreCase.Compare(tag.Key, after) > 0);
        var page = Page<Core.Resources.Tag>.Of(tags, request.MaxItems, tag => tag.Key);
        return Task.FromResult(new ListServerCertificateTagsResponse
        {
            Tags = page.Items.ToWire(),
            IsTruncated = page.Marker is not null,
            Marker = page.Marker,
        });
    }
}
