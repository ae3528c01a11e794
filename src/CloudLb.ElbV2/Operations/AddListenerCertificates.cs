using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Adds a certificate to a secure listener's list; one that is there already changes nothing.</summary>
internal sealed class AddListenerCertificates(IResourceStore store, Quotas quotas)
    : IOperation<AddListenerCertificatesRequest, AddListenerCertificatesResponse>
{
    public async Task<AddListenerCertificatesResponse> ExecuteAsync(
        AddListenerCertificatesRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var (arn, certificate) = (caller.Arn(request.ListenerArn, ArnKind.Listener), request.Certificates.OnlyArn());
        await store.UpdateAsync(
            ListenerCollection.Kind, arn,
            (listener, snapshot) => listener.WithCertificate(
                snapshot, snapshot.Certificates.IdOf(arn, certificate), quotas.CertificatesPerLoadBalancer),
            cancellationToken);

        return new() { Certificates = [new() { CertificateArn = certificate, IsDefault = false }] };
    }
}
