using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;
using Certificate = CloudLb.ElbV2.Contracts.Certificate;

namespace CloudLb.ElbV2.Operations;

/// <summary>Describes a secure listener's default certificate and those in its list, among which it may be once more.</summary>
internal sealed class DescribeListenerCertificates(IResourceStore store)
    : IOperation<DescribeListenerCertificatesRequest, DescribeListenerCertificatesResponse>
{
    public Task<DescribeListenerCertificatesResponse> ExecuteAsync(
        DescribeListenerCertificatesRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var snapshot = store.Current;
        var tls = snapshot.Listeners.Get(caller.Arn(request.ListenerArn, ArnKind.Listener)).Tls;
        var all = (tls is null ? [] : tls.NamedCertificateIds.Prepend(tls.CertificateId))
            .Select((id, position) => (snapshot.Certificates.Find(id)?.Arn, IsDefault: position == 0, Order: $"{position:D5}"));
        var page = Page.Of(all, entry => entry.Order, request.Marker, request.PageSize);

        return Task.FromResult(
            new DescribeListenerCertificatesResponse
            {
                Certificates = [.. page.Items.Select(entry => new Certificate { CertificateArn = entry.Arn, IsDefault = entry.IsDefault })],
                NextMarker = page.NextMarker,
            });
    }
}
