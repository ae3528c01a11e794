using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Mapping;

namespace CloudLb.Elb.Operations;

/// <summary>Replaces the policies of an instance port, for every listener that uses it; an empty list clears them.</summary>
internal sealed class SetLoadBalancerPoliciesForBackendServer(IResourceStore store)
    : IOperation<SetLoadBalancerPoliciesForBackendServerRequest, SetLoadBalancerPoliciesForBackendServerResponse>
{
    public async Task<SetLoadBalancerPoliciesForBackendServerResponse> ExecuteAsync(
        SetLoadBalancerPoliciesForBackendServerRequest request, Caller caller, CancellationToken cancellationToken)
    {
        await store.UpdateAsync(
            caller.LoadBalancer(request.LoadBalancerName),
            loadBalancer => loadBalancer.WithPoliciesForBackendServer(request.InstancePort, request.PolicyNames),
            cancellationToken);

        return new();
    }
}
