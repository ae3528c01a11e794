using CloudLb.Core.Addresses;
using CloudLb.Core.Resources;
using CloudLb.Elb.Domain;

namespace CloudLb.Elb.Status;

/// <summary>The addresses of Classic's load balancers.</summary>
internal sealed class ClassicAddresses(IResourceStore store, AddressAssignment assignment) : IAddressedLoadBalancers
{
    public IReadOnlyDictionary<string, Func<CancellationToken, Task>> Due() => store.Current.LoadBalancers.All
        .Where(each => each.LeavingAddresses.Count > 0 || assignment.HasSubnetPools)
        .Where(each => assignment.IsDue(each.Addresses, each.Subnets.Select(subnet => subnet.SubnetId)))
        .ToDictionary(each => each.Key.ToString(), each => Giving(each.Key));

    private Func<CancellationToken, Task> Giving(LoadBalancerKey key) => cancellationToken => store.UpdateAsync(
        key, (loadBalancer, snapshot) => loadBalancer.Readdressed(assignment, snapshot), cancellationToken);
}
