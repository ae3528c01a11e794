using CloudLb.Acm.Certificates;
using CloudLb.Acm.Contracts;
using CloudLb.Acm.Mapping;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;

namespace CloudLb.Acm.Operations;

/// <summary>What one certificate says, and which load balancers use it.</summary>
internal sealed class DescribeCertificate(IResourceStore store, TimeProvider clock)
    : IOperation<DescribeCertificateRequest, DescribeCertificateResponse>, IKeepsCalls<DescribeCertificateRequest>
{
    public bool Keeps(DescribeCertificateRequest request, Caller caller) => store.Has(caller, request.CertificateArn);

    public Task<DescribeCertificateResponse> ExecuteAsync(
        DescribeCertificateRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var snapshot = store.Current;
        var certificate = snapshot.Get(caller.AccountId(), caller.Region, request.CertificateArn);
        return Task.FromResult(new DescribeCertificateResponse { Certificate = certificate.ToDetail(snapshot, clock.GetUtcNow()) });
    }
}
