using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Mapping;

namespace CloudLb.Elb.Operations;

/// <summary>Makes a policy of any type, which has no effect before it is set; the same one again is no error.</summary>
internal sealed class CreateLoadBalancerPolicy(IResourceStore store, Quotas quotas)
    : IOperation<CreateLoadBalancerPolicyRequest, CreateLoadBalancerPolicyResponse>
{
    public async Task<CreateLoadBalancerPolicyResponse> ExecuteAsync(
        CreateLoadBalancerPolicyRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var attributes = request.PolicyAttributes.ToDomain();
        await store.UpdateAsync(
            caller.LoadBalancer(request.LoadBalancerName),
            loadBalancer =>
                loadBalancer.WithPolicy(
                    new() { Name = request.PolicyName, TypeName = request.PolicyTypeName, Attributes = attributes }, quotas),
            cancellationToken);

        return new();
    }
}
