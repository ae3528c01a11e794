using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Accounts;
using CloudLb.Core.Inventory;
using CloudLb.Core.Leases;
using CloudLb.Core.Resources;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Mapping;

namespace CloudLb.Elb.Operations;

/// <summary>
/// Registers instances; answers all that are registered then. One the inventory does not know, or knows in another VPC, or that may not be
/// a target, refuses the whole call. A member that registers itself renews its lease by it.
/// </summary>
internal sealed class RegisterInstancesWithLoadBalancer(
    IResourceStore store, IInventory inventory, InstanceRules targets, Quotas quotas, Leases? leases = null)
    : IOperation<RegisterInstancesWithLoadBalancerRequest, RegisterInstancesWithLoadBalancerResponse>
{
    public async Task<RegisterInstancesWithLoadBalancerResponse> ExecuteAsync(
        RegisterInstancesWithLoadBalancerRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var key = caller.LoadBalancer(request.LoadBalancerName);
        var existing = store.Current.LoadBalancers.Get(key);
        var ids = request.Instances.Ids();
        var instances = await inventory.LocateAsync(key.Account, ids, cancellationToken);
        inventory.EnsureInVpc(existing, ids);
        if (MemberKey.Of(key.Account, caller.UserId) is { } memberKey && store.Current.Members.Find(memberKey) is { } member)
        {
            leases?.Renew(MemberRegistrations.Of(member.Key, key));
            instances = [.. instances.Select(instance => instance with { RegisteredBy = member.Key.Name })];
        }

        var updated = await store.UpdateAsync(
            key,
            (loadBalancer, snapshot) => loadBalancer.WithInstances(targets.Check(snapshot, loadBalancer, instances), quotas),
            cancellationToken);

        return new() { Instances = updated.Instances.ToWire() };
    }
}
