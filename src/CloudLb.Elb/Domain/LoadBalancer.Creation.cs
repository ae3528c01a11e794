using CloudLb.Core;
using CloudLb.Core.Inventory;

namespace CloudLb.Elb.Domain;

public sealed partial record LoadBalancer
{
    /// <summary>
    /// A new load balancer's place by its zones: the default VPC, the zones' default subnets, and the group that AWS makes for such.
    /// </summary>
    public LoadBalancer InDefaultVpc(IEnumerable<string> zones, Network network) =>
        network is { DefaultVpc: { } vpc, LoadBalancerGroup: { } group }
        ? (this with { VpcId = vpc.VpcId, SecurityGroups = [group.GroupId] }).WithAvailabilityZones(zones, network)
        : throw Errors.InvalidConfigurationRequest.Because("Default VPC not found");

    /// <summary>
    /// A new load balancer's place by its subnets, of which there is one at least: their VPC and, until others are given, its default
    /// group.
    /// </summary>
    public LoadBalancer InVpc(IReadOnlyList<Subnet> subnets, Network network) =>
        (this with { VpcId = subnets[0].VpcId, SecurityGroups = [network.DefaultGroup(subnets[0].VpcId).GroupId] }).WithSubnets(subnets);

    /// <summary>
    /// What a repeated CreateLoadBalancer answers: the load balancer itself when every parameter is what it is now,
    /// DuplicateLoadBalancerName otherwise.
    /// </summary>
    public LoadBalancer MatchRepeatedCreation(LoadBalancer requested)
    {
        if (Listeners != requested.Listeners || Scheme != requested.Scheme || !IsPlacedAs(requested))
        {
            throw Duplicate("parameters");
        }

        return Tags == requested.Tags ? this : throw Duplicate("tags");
    }

    /// <summary>
    /// The order of security groups is no difference. One made before CloudLb knew VPCs has nothing but its zones to compare.
    /// </summary>
    private bool IsPlacedAs(LoadBalancer requested) => VpcId is null
        ? AvailabilityZones == requested.AvailabilityZones
        : Subnets == requested.Subnets && SecurityGroups.ToHashSet().SetEquals(requested.SecurityGroups);

    private ServiceException Duplicate(string different) => Errors.DuplicateLoadBalancerName.Because(
        $"Load Balancer named {Key.Name} already exists and it is configured with different {different}.");
}
