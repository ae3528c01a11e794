using CloudLb.AwsApi;
using CloudLb.Core.Accounts;
using CloudLb.Core.Inventory;
using CloudLb.Core.LoadBalancers;

namespace CloudLb.Ec2;

/// <summary>What a caller sees of its region: the network, and what its load balancers have there, ids taken at their word among it.</summary>
internal sealed class AccountNetworks(Networks networks, ILoadBalancerStore store)
{
    /// <summary>Has an EC2 endpoint asked where it may know more of the ids that are named.</summary>
    public async ValueTask LookUpAsync(Caller caller, IReadOnlyList<string> named, CancellationToken cancellationToken) =>
        _ = await networks.FindAsync(new(caller.Account), caller.Region, named, cancellationToken);

    public Network Of(Caller caller) => networks.Of(new AccountId(caller.Account), caller.Region);

    /// <summary>The caller's load balancers that are in a VPC.</summary>
    public IEnumerable<LoadBalancer> LoadBalancers(Caller caller) =>
        store.Current.Page(new AccountId(caller.Account), caller.Region, null, int.MaxValue).Where(loadBalancer => loadBalancer.VpcId is not null);

    /// <summary>Known subnets, and those named that are taken at their word.</summary>
    public IEnumerable<Subnet> Subnets(Caller caller, IEnumerable<string> named)
    {
        var network = Of(caller);
        var attached = LoadBalancers(caller).SelectMany(loadBalancer => loadBalancer.Subnets).Select(subnet => subnet.SubnetId);
        return network.Subnets.Concat(attached.Concat(named).Distinct().Select(network.FindSubnet).OfType<Subnet>());
    }

    /// <summary>Known groups, and those taken at their word, once for each VPC that they are used in, so that a filter on the VPC finds them.</summary>
    public IEnumerable<SecurityGroup> SecurityGroups(Caller caller, IEnumerable<string> named)
    {
        var network = Of(caller);
        var used = LoadBalancers(caller).SelectMany(loadBalancer => loadBalancer.SecurityGroups.Select(id => network.FindSecurityGroup(id, loadBalancer.VpcId!)));
        return network.SecurityGroups
            .Concat(used.OfType<SecurityGroup>())
            .Concat(named.Select(id => network.FindSecurityGroup(id, network.UnlistedVpcId)).OfType<SecurityGroup>());
    }
}
