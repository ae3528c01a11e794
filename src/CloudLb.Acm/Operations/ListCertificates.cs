using CloudLb.Acm.Contracts;
using CloudLb.Acm.Mapping;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;

namespace CloudLb.Acm.Operations;

/// <summary>Lists the caller's certificates of the region, in the order in which they were made, page by page.</summary>
/// <remarks>Unless key types are named, those with RSA keys of up to 2048 bits alone, as at AWS.</remarks>
internal sealed class ListCertificates(IResourceStore store, TimeProvider clock)
    : IOperation<ListCertificatesRequest, ListCertificatesResponse>, IKeepsCalls<ListCertificatesRequest>
{
    public bool Keeps(ListCertificatesRequest request, Caller caller) => true;

    public Task<ListCertificatesResponse> ExecuteAsync(
        ListCertificatesRequest request, Caller caller, CancellationToken cancellationToken)
    {
        if (request.SortBy is null != request.SortOrder is null)
        {
            throw Errors.ValidationException.Because("SortBy and SortOrder must be given together.");
        }

        var (snapshot, now) = (store.Current, clock.GetUtcNow());
        var page = Page.Of(
            snapshot.Certificates.In(caller.AccountId(), caller.Region).After(null).Where(one => request.Selects(one, now)),
            request.SortOrder == "DESCENDING", request.NextToken, request.MaxItems);
        return Task.FromResult(new ListCertificatesResponse
        {
            CertificateSummaryList = [.. page.Items.Select(certificate => certificate.ToSummary(snapshot, now))],
            NextToken = page.Token,
        });
    }
}
