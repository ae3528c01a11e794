using CloudLb.Acm.Certificates;
using CloudLb.Acm.Contracts;
using CloudLb.Acm.Mapping;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;

namespace CloudLb.Acm.Operations;

/// <summary>Adds tags to a certificate, replacing the values of keys that are there.</summary>
internal sealed class AddTagsToCertificate(IResourceStore store)
    : IOperation<AddTagsToCertificateRequest, AddTagsToCertificateResponse>, IKeepsCalls<AddTagsToCertificateRequest>
{
    public bool Keeps(AddTagsToCertificateRequest request, Caller caller) => store.Has(caller, request.CertificateArn);

    public async Task<AddTagsToCertificateResponse> ExecuteAsync(
        AddTagsToCertificateRequest request, Caller caller, CancellationToken cancellationToken)
    {
        await store.UpdateAsync(
            caller.AccountId(), caller.Region, request.CertificateArn,
            certificate => certificate.WithTags(request.Tags.ToDomain()), cancellationToken);

        return new();
    }
}
