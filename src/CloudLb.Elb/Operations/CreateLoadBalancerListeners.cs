using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Addresses;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Mapping;

namespace CloudLb.Elb.Operations;

/// <summary>Adds listeners, all or none; one that is there with the same settings is no error.</summary>
internal sealed class CreateLoadBalancerListeners(IResourceStore store, InstanceRules targets, Quotas quotas, Sharing sharing)
    : IOperation<CreateLoadBalancerListenersRequest, CreateLoadBalancerListenersResponse>
{
    public async Task<CreateLoadBalancerListenersResponse> ExecuteAsync(
        CreateLoadBalancerListenersRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var key = caller.LoadBalancer(request.LoadBalancerName);
        await store.UpdateAsync(
            key,
            (loadBalancer, snapshot) => targets.CheckPorts(
                snapshot,
                loadBalancer,
                loadBalancer.WithListeners(request.Listeners.ToDomain(key, snapshot.Certificates), quotas),
                Errors.InvalidConfigurationRequest).EnsureShareable(sharing, snapshot, loadBalancer),
            cancellationToken);

        return new();
    }
}
