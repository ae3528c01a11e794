using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Addresses;
using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Mapping;

namespace CloudLb.Elb.Operations;

/// <summary>Enables Availability Zones; answers all that are enabled then.</summary>
internal sealed class EnableAvailabilityZonesForLoadBalancer(
    IResourceStore store, IRegionZones zones, Networks networks, AddressAssignment addresses)
    : IOperation<EnableAvailabilityZonesForLoadBalancerRequest, EnableAvailabilityZonesForLoadBalancerResponse>
{
    public async Task<EnableAvailabilityZonesForLoadBalancerResponse> ExecuteAsync(
        EnableAvailabilityZonesForLoadBalancerRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var network = await networks.FindAsync(caller.AccountId(), caller.Region, [], cancellationToken);
        var updated = await store.UpdateAsync(
            caller.LoadBalancer(request.LoadBalancerName),
            (loadBalancer, snapshot) => loadBalancer.WithAvailabilityZones(zones.Check(caller.Region, request.AvailabilityZones), network)
                .Readdressed(addresses, snapshot),
            cancellationToken);

        return new() { AvailabilityZones = updated.AvailabilityZones };
    }
}
