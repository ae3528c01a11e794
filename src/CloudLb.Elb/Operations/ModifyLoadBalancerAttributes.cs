using CloudLb.AwsQuery;
using CloudLb.AwsQuery.Dispatch;
using CloudLb.Core.LoadBalancers;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Mapping;

namespace CloudLb.Elb.Operations;

/// <summary>Changes the groups of attributes that are given, and answers those groups.</summary>
internal sealed class ModifyLoadBalancerAttributes(ILoadBalancerStore store)
    : IOperation<ModifyLoadBalancerAttributesRequest, ModifyLoadBalancerAttributesResponse>
{
    public async Task<ModifyLoadBalancerAttributesResponse> ExecuteAsync(
        ModifyLoadBalancerAttributesRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var updated = await store.UpdateAsync(
            caller.LoadBalancer(request.LoadBalancerName),
            loadBalancer => loadBalancer.WithAttributes(loadBalancer.Attributes.ChangedBy(request.LoadBalancerAttributes)),
            cancellationToken);

        return new()
        {
            LoadBalancerName = request.LoadBalancerName,
            LoadBalancerAttributes = request.LoadBalancerAttributes.Echo(updated.Attributes),
        };
    }
}
