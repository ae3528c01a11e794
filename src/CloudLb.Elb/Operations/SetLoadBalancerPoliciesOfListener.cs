using System.Security.Cryptography;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Mapping;

namespace CloudLb.Elb.Operations;

/// <summary>Replaces the policies of a listener; an empty list clears them.</summary>
internal sealed class SetLoadBalancerPoliciesOfListener(IResourceStore store)
    : IOperation<SetLoadBalancerPoliciesOfListenerRequest, SetLoadBalancerPoliciesOfListenerResponse>
{
    /// <summary>128 bits.</summary>
    private const int KeyDigits = 32;

    public async Task<SetLoadBalancerPoliciesOfListenerResponse> ExecuteAsync(
        SetLoadBalancerPoliciesOfListenerRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var stickinessKey = RandomNumberGenerator.GetHexString(KeyDigits, lowercase: true);
        await store.UpdateAsync(
            caller.LoadBalancer(request.LoadBalancerName),
            loadBalancer => loadBalancer.WithPoliciesOfListener(request.LoadBalancerPort, request.PolicyNames, stickinessKey),
            cancellationToken);

        return new();
    }
}
