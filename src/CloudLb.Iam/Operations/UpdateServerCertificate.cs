using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.Iam.Certificates;
using CloudLb.Iam.Contracts;
using CloudLb.Iam.Mapping;

namespace CloudLb.Iam.Operations;

/// <summary>Gives a certificate another name or path, and so another ARN. Listeners keep it and show the new ARN.</summary>
internal sealed class UpdateServerCertificate(IResourceStore store)
    : IOperation<UpdateServerCertificateRequest, UpdateServerCertificateResponse>
{
    public async Task<UpdateServerCertificateResponse> ExecuteAsync(
        UpdateServerCertificateRequest request, Caller caller, CancellationToken cancellationToken)
    {
        await store.UpdateCertificateAsync(
            caller.AccountId(),
            request.ServerCertificateName,
            certificate => certificate with
            {
                Name = request.NewServerCertificateName ?? certificate.Name, Path = request.NewPath ?? certificate.Path,
            },
            cancellationToken);

        return new();
    }
}
