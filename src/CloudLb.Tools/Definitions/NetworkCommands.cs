using CloudLb.Elb.Contracts;
using CloudLb.Tools.Calling;

namespace CloudLb.Tools.Definitions;

/// <summary>Zones, subnets and security groups of a load balancer.</summary>
internal static class NetworkCommands
{
    private const string Zones = "AVAILABILITY_ZONES", Subnets = "SUBNETS", Groups = "SECURITY_GROUPS";

    public static IReadOnlyList<ToolCommand> All { get; } =
    [
        new()
        {
            Name = "apply-security-groups-to-lb", Summary = "Sets a load balancer's security groups, in place of those that it has.",
            Positionals = [Parts.LoadBalancer], Options = [Parts.SecurityGroups with { IsRequired = true }],
            JavaOutput = "SECURITY_GROUPS  g1, g2", EucaOutput = "SECURITY_GROUPS  g1, g2",
            Call = new Call<ApplySecurityGroupsToLoadBalancerRequest, ApplySecurityGroupsToLoadBalancerResponse>(
                ElasticLoadBalancingContract.ApplySecurityGroupsToLoadBalancer)
            {
                Request = arguments => new()
                {
                    LoadBalancerName = arguments.LoadBalancer, SecurityGroups = arguments.List(Parts.SecurityGroups.Name),
                },
                Java = response => Parts.ListRow(Groups, response.SecurityGroups),
                Euca = (response, _) => Parts.ListRow(Groups, response.SecurityGroups),
            },
        },
        new()
        {
            Name = "attach-lb-to-subnets", Summary = "Attaches a load balancer to subnets.",
            Positionals = [Parts.LoadBalancer], Options = [Parts.Subnets with { IsRequired = true }],
            JavaOutput = "SUBNETS  s1, s2", EucaOutput = "SUBNETS  s1, s2",
            Call = new Call<AttachLoadBalancerToSubnetsRequest, AttachLoadBalancerToSubnetsResponse>(
                ElasticLoadBalancingContract.AttachLoadBalancerToSubnets)
            {
                Request = arguments => new() { LoadBalancerName = arguments.LoadBalancer, Subnets = arguments.List(Parts.Subnets.Name) },
                Java = response => Parts.ListRow(Subnets, response.Subnets),
                Euca = (response, _) => Parts.ListRow(Subnets, response.Subnets),
            },
        },
        new()
        {
            Name = "detach-lb-from-subnets", Summary = "Detaches a load balancer from subnets.",
            Positionals = [Parts.LoadBalancer], Options = [Parts.Subnets with { IsRequired = true }],
            JavaOutput = "SUBNETS  s1, s2", EucaOutput = "SUBNETS  s1,s2",
            Call = new Call<DetachLoadBalancerFromSubnetsRequest, DetachLoadBalancerFromSubnetsResponse>(
                ElasticLoadBalancingContract.DetachLoadBalancerFromSubnets)
            {
                Request = arguments => new() { LoadBalancerName = arguments.LoadBalancer, Subnets = arguments.List(Parts.Subnets.Name) },
                Java = response => Parts.ListRow(Subnets, response.Subnets),

                // Euca2ools has no blank here, and one in every other list.
                Euca = (response, _) => Parts.ListRow(Subnets, response.Subnets, ","),
            },
        },
        new()
        {
            Name = "enable-zones-for-lb", Summary = "Adds availability zones to a load balancer.",
            Positionals = [Parts.LoadBalancer], Options = [Parts.Zones with { IsRequired = true }],
            JavaOutput = "AVAILABILITY_ZONES  z1, z2", EucaOutput = "AVAILABILITY_ZONES  z1, z2",
            Call = new Call<EnableAvailabilityZonesForLoadBalancerRequest, EnableAvailabilityZonesForLoadBalancerResponse>(
                ElasticLoadBalancingContract.EnableAvailabilityZonesForLoadBalancer)
            {
                Request = arguments => new()
                {
                    LoadBalancerName = arguments.LoadBalancer, AvailabilityZones = arguments.List(Parts.Zones.Name),
                },
                Java = response => Parts.ListRow(Zones, response.AvailabilityZones),
                Euca = (response, _) => Parts.ListRow(Zones, response.AvailabilityZones),
            },
        },
        new()
        {
            Name = "disable-zones-for-lb", Summary = "Takes availability zones from a load balancer.",
            Positionals = [Parts.LoadBalancer], Options = [Parts.Zones with { IsRequired = true }],
            JavaOutput = "AVAILABILITY_ZONES  z1, z2", EucaOutput = "AVAILABILITY_ZONES  z1, z2",
            Call = new Call<DisableAvailabilityZonesForLoadBalancerRequest, DisableAvailabilityZonesForLoadBalancerResponse>(
                ElasticLoadBalancingContract.DisableAvailabilityZonesForLoadBalancer)
            {
                Request = arguments => new()
                {
                    LoadBalancerName = arguments.LoadBalancer, AvailabilityZones = arguments.List(Parts.Zones.Name),
                },
                Java = response => Parts.ListRow(Zones, response.AvailabilityZones),
                Euca = (response, _) => Parts.ListRow(Zones, response.AvailabilityZones),
            },
        },
    ];
}
