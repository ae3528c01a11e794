using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Certificates;
using CloudLb.Core.LoadBalancers;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Mapping;

namespace CloudLb.Elb.Operations;

/// <summary>Replaces the certificate of a secure listener; connections that there are go on with the one before.</summary>
internal sealed class SetLoadBalancerListenerSSLCertificate(ILoadBalancerStore store, ICertificateStore certificates)
    : IOperation<SetLoadBalancerListenerSSLCertificateRequest, SetLoadBalancerListenerSSLCertificateResponse>
{
    public async Task<SetLoadBalancerListenerSSLCertificateResponse> ExecuteAsync(
        SetLoadBalancerListenerSSLCertificateRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var key = caller.LoadBalancer(request.LoadBalancerName);
        await store.UpdateAsync(
            key,
            loadBalancer => loadBalancer.WithCertificateOfListener(
                request.LoadBalancerPort, certificates.Current.IdOf(key.Account, request.SSLCertificateId)),
            cancellationToken);

        return new();
    }
}
