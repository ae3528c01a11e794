using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Mapping;

namespace CloudLb.Elb.Operations;

/// <summary>Replaces the certificate of a secure listener; connections that there are go on with the one before.</summary>
internal sealed class SetLoadBalancerListenerSSLCertificate(IResourceStore store)
    : IOperation<SetLoadBalancerListenerSSLCertificateRequest, SetLoadBalancerListenerSSLCertificateResponse>
{
    public async Task<SetLoadBalancerListenerSSLCertificateResponse> ExecuteAsync(
        SetLoadBalancerListenerSSLCertificateRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var key = caller.LoadBalancer(request.LoadBalancerName);
        await store.UpdateAsync(
            key,
            (loadBalancer, snapshot) => loadBalancer.WithCertificateOfListener(
                request.LoadBalancerPort, snapshot.Certificates.IdOf(key.Account, key.Region, request.SSLCertificateId)),
            cancellationToken);

        return new();
    }
}
