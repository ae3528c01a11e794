using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Mapping;

namespace CloudLb.Elb.Operations;

/// <summary>Removes listeners by their ports; a port without a listener is no error, and the last listener may go.</summary>
internal sealed class DeleteLoadBalancerListeners(IResourceStore store)
    : IOperation<DeleteLoadBalancerListenersRequest, DeleteLoadBalancerListenersResponse>
{
    public async Task<DeleteLoadBalancerListenersResponse> ExecuteAsync(
        DeleteLoadBalancerListenersRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var ports = request.LoadBalancerPorts.NotEmpty(nameof(request.LoadBalancerPorts)).ToHashSet();
        await store.UpdateAsync(
            caller.LoadBalancer(request.LoadBalancerName), loadBalancer => loadBalancer.WithoutListeners(ports), cancellationToken);

        return new();
    }
}
