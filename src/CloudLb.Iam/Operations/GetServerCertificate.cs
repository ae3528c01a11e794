using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;
using CloudLb.Iam.Certificates;
using CloudLb.Iam.Contracts;
using CloudLb.Iam.Mapping;

namespace CloudLb.Iam.Operations;

/// <summary>Gives a certificate and its chain as they were uploaded.</summary>
internal sealed class GetServerCertificate(IResourceStore store) : IOperation<GetServerCertificateRequest, GetServerCertificateResponse>
{
    public Task<GetServerCertificateResponse> ExecuteAsync(
        GetServerCertificateRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var certificate = store.Current.Certificates.Get(caller.AccountId(), request.ServerCertificateName);
        return Task.FromResult(new GetServerCertificateResponse
        {
            ServerCertificate = new()
            {
                ServerCertificateMetadata = certificate.ToMetadata(),
                CertificateBody = certificate.Body,
                CertificateChain = certificate.Chain,
                Tags = certificate.Tags.ToWire(),
            },
        });
    }
}
