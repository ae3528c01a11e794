using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Addresses;
using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Mapping;

namespace CloudLb.Elb.Operations;

/// <summary>Disables Availability Zones; answers those still enabled, at least one of which must remain.</summary>
internal sealed class DisableAvailabilityZonesForLoadBalancer(IResourceStore store, Networks networks, AddressAssignment addresses)
    : IOperation<DisableAvailabilityZonesForLoadBalancerRequest, DisableAvailabilityZonesForLoadBalancerResponse>
{
    public async Task<DisableAvailabilityZonesForLoadBalancerResponse> ExecuteAsync(
        DisableAvailabilityZonesForLoadBalancerRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var zones = request.AvailabilityZones.NotEmpty(nameof(request.AvailabilityZones));
        var network = await networks.FindAsync(caller.AccountId(), caller.Region, [], cancellationToken);
        var updated = await store.UpdateAsync(
            caller.LoadBalancer(request.LoadBalancerName),
            (loadBalancer, snapshot) => loadBalancer.WithoutAvailabilityZones(zones, network).Readdressed(addresses, snapshot),
            cancellationToken);

        return new() { AvailabilityZones = updated.AvailabilityZones };
    }
}
