using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Mapping;

namespace CloudLb.Elb.Operations;

/// <summary>Replaces the security groups of one load balancer; the first given is its source security group.</summary>
internal sealed class ApplySecurityGroupsToLoadBalancer(IResourceStore store, Networks networks)
    : IOperation<ApplySecurityGroupsToLoadBalancerRequest, ApplySecurityGroupsToLoadBalancerResponse>
{
    public async Task<ApplySecurityGroupsToLoadBalancerResponse> ExecuteAsync(
        ApplySecurityGroupsToLoadBalancerRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var network = await networks.FindAsync(caller.AccountId(), caller.Region, request.SecurityGroups, cancellationToken);
        var updated = await store.UpdateAsync(
            caller.LoadBalancer(request.LoadBalancerName),
            loadBalancer => loadBalancer.WithSecurityGroups(network.SecurityGroups(request.SecurityGroups, loadBalancer.VpcId)),
            cancellationToken);

        return new() { SecurityGroups = updated.SecurityGroups };
    }
}
