using CloudLb.Acm.Certificates;
using CloudLb.Acm.Contracts;
using CloudLb.Acm.Mapping;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;

namespace CloudLb.Acm.Operations;

/// <summary>Removes tags from a certificate.</summary>
internal sealed class RemoveTagsFromCertificate(IResourceStore store)
    : IOperation<RemoveTagsFromCertificateRequest, RemoveTagsFromCertificateResponse>, IKeepsCalls<RemoveTagsFromCertificateRequest>
{
    public bool Keeps(RemoveTagsFromCertificateRequest request, Caller caller) => store.Has(caller, request.CertificateArn);

    public async Task<RemoveTagsFromCertificateResponse> ExecuteAsync(
        RemoveTagsFromCertificateRequest request, Caller caller, CancellationToken cancellationToken)
    {
        await store.UpdateAsync(
            caller.AccountId(), caller.Region, request.CertificateArn,
            certificate => certificate.WithoutTags([.. request.Tags.Select(tag => (tag.Key, tag.Value))]), cancellationToken);

        return new();
    }
}
