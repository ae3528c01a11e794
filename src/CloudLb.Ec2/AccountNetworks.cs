using CloudLb.AwsApi;
using CloudLb.Core.Accounts;
using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;

namespace CloudLb.Ec2;

/// <summary>What a caller sees of its region: the network, and what its resources have there, ids taken at their word among it.</summary>
internal sealed class AccountNetworks(Networks networks, IResourceStore store)
{
    /// <summary>Has an EC2 endpoint asked where it may know more of the ids that are named.</summary>
    public async ValueTask LookUpAsync(Caller caller, IReadOnlyList<string> named, CancellationToken cancellationToken) =>
        _ = await networks.FindAsync(new(caller.Account), caller.Region, named, cancellationToken);

    public Network Of(Caller caller) => networks.Of(new AccountId(caller.Account), caller.Region);

    /// <summary>Where the caller's resources are in VPCs.</summary>
    public IEnumerable<NetworkPlace> Places(Caller caller) => store.Current.PlacesIn(caller.Account, caller.Region);

    /// <summary>Known subnets, and those named that are taken at their word.</summary>
    public IEnumerable<Subnet> Subnets(Caller caller, IEnumerable<string> named)
    {
        var network = Of(caller);
        var attached = Places(caller).SelectMany(place => place.Subnets).Select(subnet => subnet.SubnetId);
        return network.Subnets.Concat(attached.Concat(named).Distinct().Select(network.FindSubnet).OfType<Subnet>());
    }

    /// <summary>
    /// Known groups, and those taken at their word, once for each VPC that they are used in, so that a filter on the VPC finds them.
    /// </summary>
    public IEnumerable<SecurityGroup> SecurityGroups(Caller caller, IEnumerable<string> named)
    {
        var network = Of(caller);
        var used = Places(caller).SelectMany(place => place.SecurityGroups.Select(id => network.FindSecurityGroup(id, place.VpcId)));
        return network.SecurityGroups
            .Concat(used.OfType<SecurityGroup>())
            .Concat(named.Select(id => network.FindSecurityGroup(id, network.UnlistedVpcId)).OfType<SecurityGroup>());
    }
}
