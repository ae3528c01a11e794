using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Addresses;
using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Mapping;

namespace CloudLb.Elb.Operations;

/// <summary>Attaches subnets of the load balancer's VPC; answers all that are attached then.</summary>
internal sealed class AttachLoadBalancerToSubnets(IResourceStore store, Networks networks, AddressAssignment addresses)
    : IOperation<AttachLoadBalancerToSubnetsRequest, AttachLoadBalancerToSubnetsResponse>
{
    public async Task<AttachLoadBalancerToSubnetsResponse> ExecuteAsync(
        AttachLoadBalancerToSubnetsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var network = await networks.FindAsync(caller.AccountId(), caller.Region, request.Subnets, cancellationToken);
        var updated = await store.UpdateAsync(
            caller.LoadBalancer(request.LoadBalancerName),
            (loadBalancer, snapshot) => loadBalancer.WithSubnets(network.Subnets(request.Subnets)).EnsureReachable(network)
                .Readdressed(addresses, snapshot),
            cancellationToken);

        return new() { Subnets = updated.Subnets.ToWire() };
    }
}
