using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core;
using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Mapping;

namespace CloudLb.Elb.Operations;

/// <summary>
/// Deregisters instances; answers those still registered. An id that was never known refuses the whole call; one that was is no error.
/// </summary>
internal sealed class DeregisterInstancesFromLoadBalancer(
    IResourceStore store, IInventory inventory, TimeProvider clock, ClockSpeed? speed = null)
    : IOperation<DeregisterInstancesFromLoadBalancerRequest, DeregisterInstancesFromLoadBalancerResponse>
{
    public async Task<DeregisterInstancesFromLoadBalancerResponse> ExecuteAsync(
        DeregisterInstancesFromLoadBalancerRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var key = caller.LoadBalancer(request.LoadBalancerName);
        var existing = store.Current.LoadBalancers.Get(key);
        var ids = request.Instances.Ids();
        await inventory.EnsureKnownAsync(existing, ids, cancellationToken);
        var now = clock.GetUtcNow();
        var updated = await store.UpdateAsync(key, loadBalancer => loadBalancer.WithoutInstances(ids, now, speed), cancellationToken);

        return new() { Instances = updated.Instances.ToWire() };
    }
}
