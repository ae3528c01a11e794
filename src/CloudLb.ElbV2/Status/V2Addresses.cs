using CloudLb.Core.Addresses;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Status;

/// <summary>The addresses of application and network load balancers.</summary>
internal sealed class V2Addresses(IResourceStore store, AddressAssignment assignment) : IAddressedLoadBalancers
{
    public IReadOnlyDictionary<string, Func<CancellationToken, Task>> Due() => store.Current.V2LoadBalancers.All
        .Where(each => each.LeavingAddresses.Count > 0 || assignment.HasSubnetPools)
        .Where(each => assignment.IsDue(each.Addresses, each.Subnets.Select(subnet => subnet.SubnetId)))
        .ToDictionary(each => each.Arn.ToString(), each => Giving(each.Arn));

    private Func<CancellationToken, Task> Giving(Arn arn) => cancellationToken => store.UpdateAsync(
        LoadBalancerCollection.Kind, arn, (loadBalancer, snapshot) => loadBalancer.Readdressed(assignment, snapshot), cancellationToken);
}
