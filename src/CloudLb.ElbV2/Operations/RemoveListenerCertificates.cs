using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Takes a certificate out of a secure listener's list; one that is not there changes nothing.</summary>
internal sealed class RemoveListenerCertificates(IResourceStore store)
    : IOperation<RemoveListenerCertificatesRequest, RemoveListenerCertificatesResponse>
{
    public async Task<RemoveListenerCertificatesResponse> ExecuteAsync(
        RemoveListenerCertificatesRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var (arn, certificate) = (caller.Arn(request.ListenerArn, ArnKind.Listener), request.Certificates.OnlyArn());
        await store.UpdateAsync(
            ListenerCollection.Kind, arn,
            (listener, snapshot) => listener.WithoutCertificate(snapshot.Certificates.FindByArn(arn.Account, arn.Region, certificate)?.Id),
            cancellationToken);

        return new();
    }
}
