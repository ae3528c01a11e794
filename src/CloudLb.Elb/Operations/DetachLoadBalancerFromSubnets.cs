using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Addresses;
using CloudLb.Core.Resources;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Mapping;

namespace CloudLb.Elb.Operations;

/// <summary>Detaches subnets; answers those still attached, at least one of which must remain.</summary>
internal sealed class DetachLoadBalancerFromSubnets(IResourceStore store, AddressAssignment addresses)
    : IOperation<DetachLoadBalancerFromSubnetsRequest, DetachLoadBalancerFromSubnetsResponse>
{
    public async Task<DetachLoadBalancerFromSubnetsResponse> ExecuteAsync(
        DetachLoadBalancerFromSubnetsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var subnets = request.Subnets.NotEmpty(nameof(request.Subnets));
        var updated = await store.UpdateAsync(
            caller.LoadBalancer(request.LoadBalancerName),
            (loadBalancer, snapshot) => loadBalancer.WithoutSubnets(subnets).Readdressed(addresses, snapshot),
            cancellationToken);

        return new() { Subnets = updated.Subnets.ToWire() };
    }
}
