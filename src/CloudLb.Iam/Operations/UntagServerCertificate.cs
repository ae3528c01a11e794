using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.Iam.Certificates;
using CloudLb.Iam.Contracts;
using CloudLb.Iam.Mapping;

namespace CloudLb.Iam.Operations;

/// <summary>Removes tags from a certificate; a key that is not there is no error.</summary>
internal sealed class UntagServerCertificate(IResourceStore store)
    : IOperation<UntagServerCertificateRequest, UntagServerCertificateResponse>
{
    public async Task<UntagServerCertificateResponse> ExecuteAsync(
        UntagServerCertificateRequest request, Caller caller, CancellationToken cancellationToken)
    {
        await store.UpdateCertificateAsync(
            caller.AccountId(), request.ServerCertificateName, certificate => certificate.WithoutTags(request.TagKeys), cancellationToken);

        return new();
    }
}
