using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Mapping;

namespace CloudLb.Elb.Operations;

/// <summary>Deletes a policy that is nowhere on; one that does not exist is no error.</summary>
internal sealed class DeleteLoadBalancerPolicy(IResourceStore store)
    : IOperation<DeleteLoadBalancerPolicyRequest, DeleteLoadBalancerPolicyResponse>
{
    public async Task<DeleteLoadBalancerPolicyResponse> ExecuteAsync(
        DeleteLoadBalancerPolicyRequest request, Caller caller, CancellationToken cancellationToken)
    {
        await store.UpdateAsync(
            caller.LoadBalancer(request.LoadBalancerName), loadBalancer =>
                loadBalancer.WithoutPolicy(request.PolicyName), cancellationToken);

        return new();
    }
}
