using CloudLb.Acm.Certificates;
using CloudLb.Acm.Contracts;
using CloudLb.Acm.Mapping;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;

namespace CloudLb.Acm.Operations;

/// <summary>Removes a certificate and its key; refused while a listener uses it.</summary>
internal sealed class DeleteCertificate(IResourceStore store)
    : IOperation<DeleteCertificateRequest, DeleteCertificateResponse>, IKeepsCalls<DeleteCertificateRequest>
{
    public bool Keeps(DeleteCertificateRequest request, Caller caller) => store.Has(caller, request.CertificateArn);

    public async Task<DeleteCertificateResponse> ExecuteAsync(
        DeleteCertificateRequest request, Caller caller, CancellationToken cancellationToken)
    {
        await store.DeleteAsync(caller.AccountId(), caller.Region, request.CertificateArn, cancellationToken);

        return new();
    }
}
