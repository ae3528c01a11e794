using CloudLb.Acm.Certificates;
using CloudLb.Acm.Contracts;
using CloudLb.Acm.Mapping;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;

namespace CloudLb.Acm.Operations;

/// <summary>The tags of one certificate, in the order of their keys.</summary>
internal sealed class ListTagsForCertificate(IResourceStore store)
    : IOperation<ListTagsForCertificateRequest, ListTagsForCertificateResponse>, IKeepsCalls<ListTagsForCertificateRequest>
{
    public bool Keeps(ListTagsForCertificateRequest request, Caller caller) => store.Has(caller, request.CertificateArn);

    public Task<ListTagsForCertificateResponse> ExecuteAsync(
        ListTagsForCertificateRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var certificate = store.Current.Get(caller.AccountId(), caller.Region, request.CertificateArn);
        return Task.FromResult(new ListTagsForCertificateResponse { Tags = certificate.Tags.ToWire() });
    }
}
