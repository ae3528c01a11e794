using CloudLb.Acm.Certificates;
using CloudLb.Acm.Contracts;
using CloudLb.Acm.Mapping;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;

namespace CloudLb.Acm.Operations;

/// <summary>One certificate and its chain as they were imported, never its key.</summary>
internal sealed class GetCertificate(IResourceStore store)
    : IOperation<GetCertificateRequest, GetCertificateResponse>, IKeepsCalls<GetCertificateRequest>
{
    public bool Keeps(GetCertificateRequest request, Caller caller) => store.Has(caller, request.CertificateArn);

    public Task<GetCertificateResponse> ExecuteAsync(GetCertificateRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var certificate = store.Current.Get(caller.AccountId(), caller.Region, request.CertificateArn);
        return Task.FromResult(new GetCertificateResponse { Certificate = certificate.Body, CertificateChain = certificate.Chain });
    }
}
