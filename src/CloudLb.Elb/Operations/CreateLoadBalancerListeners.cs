using CloudLb.AwsQuery;
using CloudLb.AwsQuery.Dispatch;
using CloudLb.Core.LoadBalancers;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Mapping;

namespace CloudLb.Elb.Operations;

/// <summary>Adds listeners, all or none; one that is there with the same settings is no error.</summary>
internal sealed class CreateLoadBalancerListeners(ILoadBalancerStore store, Quotas quotas)
    : IOperation<CreateLoadBalancerListenersRequest, CreateLoadBalancerListenersResponse>
{
    public async Task<CreateLoadBalancerListenersResponse> ExecuteAsync(
        CreateLoadBalancerListenersRequest request, Caller caller, CancellationToken cancellationToken)
    {
        await store.UpdateAsync(
            caller.LoadBalancer(request.LoadBalancerName),
            loadBalancer => loadBalancer.WithListeners(request.Listeners.ToDomain(), quotas),
            cancellationToken);

        return new();
    }
}
