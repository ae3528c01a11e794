using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.Iam.Certificates;
using CloudLb.Iam.Contracts;
using CloudLb.Iam.Mapping;

namespace CloudLb.Iam.Operations;

/// <summary>Adds tags to a certificate, replacing the values of keys that are there.</summary>
internal sealed class TagServerCertificate(IResourceStore store) : IOperation<TagServerCertificateRequest, TagServerCertificateResponse>
{
    public async Task<TagServerCertificateResponse> ExecuteAsync(
        TagServerCertificateRequest request, Caller caller, CancellationToken cancellationToken)
    {
        await store.UpdateCertificateAsync(
            caller.AccountId(), request.ServerCertificateName, certificate =>
                certificate.WithTags(request.Tags.ToDomain()), cancellationToken);

        return new();
    }
}
