using CloudLb.Core.Addresses;
using CloudLb.Core.Certificates;
using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using CloudLb.Elb.Domain;
using Wire = CloudLb.Elb.Contracts;

namespace CloudLb.Elb.Mapping;

/// <summary>A load balancer as DescribeLoadBalancers shows it. Which members are empty and which absent: AWS captures (goamz).</summary>
internal static class DescriptionMapping
{
    /// <summary>What a load balancer outside any VPC shows as its source security group (AWS captures of EC2-Classic).</summary>
    private static readonly Wire.SourceSecurityGroup Classic = new() { OwnerAlias = "amazon-elb", GroupName = "amazon-elb-sg" };

    public static Wire.LoadBalancerDescription ToWire(
        this LoadBalancer loadBalancer, ResourceCollection<string, ServerCertificate> certificates, Network network)
    {
        var listeners = new Wire.ListenerDescription[loadBalancer.Listeners.Count];
        for (var index = 0; index < listeners.Length; index++)
        {
            var listener = loadBalancer.Listeners[index];
            listeners[index] = new()
            {
                Listener = listener.ToWire(certificates),
                PolicyNames = loadBalancer.PolicyNamesOfListener(listener.LoadBalancerPort),
            };
        }

        return new()
        {
            LoadBalancerName = loadBalancer.Key.Name,
            DNSName = loadBalancer.DnsName,
            CanonicalHostedZoneName = loadBalancer.Scheme == LoadBalancerScheme.InternetFacing ? loadBalancer.DnsName : null,
            CanonicalHostedZoneNameID = HostedZones.Of(loadBalancer.Key.Region),
            ListenerDescriptions = listeners,
            Policies = loadBalancer.PoliciesToWire(),
            BackendServerDescriptions = loadBalancer.BackendServersToWire(),
            AvailabilityZones = loadBalancer.AvailabilityZones,
            Subnets = loadBalancer.Subnets.ToWire(),
            VPCId = loadBalancer.VpcId,
            Instances = loadBalancer.Instances.ToWire(),
            HealthCheck = loadBalancer.HealthCheck.ToWire(),
            SourceSecurityGroup = loadBalancer.SourceSecurityGroup(network),
            SecurityGroups = loadBalancer.SecurityGroups,
            CreatedTime = loadBalancer.CreatedTime,
            Scheme = loadBalancer.Scheme.ToWire(),
        };
    }

    /// <summary>The first group by its name, for which its id stands in once the inventory does not know it any more.</summary>
    private static Wire.SourceSecurityGroup SourceSecurityGroup(this LoadBalancer loadBalancer, Network network) =>
        loadBalancer is { VpcId: { } vpcId, SecurityGroups: [var first, ..] }
            ? new() { OwnerAlias = loadBalancer.Key.Account.ToString(), GroupName = network.FindSecurityGroup(first, vpcId)?.Name ?? first }
            : Classic;
}
