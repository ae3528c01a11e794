using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.Iam.Certificates;
using CloudLb.Iam.Contracts;
using CloudLb.Iam.Mapping;

namespace CloudLb.Iam.Operations;

/// <summary>Deletes a certificate that no listener uses.</summary>
internal sealed class DeleteServerCertificate(IResourceStore store)
    : IOperation<DeleteServerCertificateRequest, DeleteServerCertificateResponse>
{
    public async Task<DeleteServerCertificateResponse> ExecuteAsync(
        DeleteServerCertificateRequest request, Caller caller, CancellationToken cancellationToken)
    {
        await store.DeleteCertificateAsync(caller.AccountId(), request.ServerCertificateName, cancellationToken);

        return new();
    }
}
