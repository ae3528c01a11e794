using CloudLb.Core;
using CloudLb.Core.Addresses;
using CloudLb.Core.Inventory;

namespace CloudLb.ElbV2.Domain;

public sealed partial record LoadBalancer
{
    /// <summary>All attributes with what is given, and the rest as it is.</summary>
    public LoadBalancer WithAttributes(IReadOnlyCollection<ResourceAttribute> given) =>
        LogAttributes.Checked(this with { Attributes = LoadBalancerAttributes.Of(Type, Scheme).Changed(Attributes, given) });

    /// <summary>In these subnets of its VPC, and in no others.</summary>
    public LoadBalancer InSubnets(IReadOnlyList<Subnet> subnets)
    {
        Placement.CheckZones(Type, subnets);
        if (subnets.FirstOrDefault(subnet => subnet.VpcId != VpcId) is { } stranger)
        {
            throw Errors.InvalidSubnet.Because($"The subnet ID '{stranger.SubnetId}' is not in the VPC '{VpcId}'");
        }

        return this with { Subnets = Placement.Attached(subnets) };
    }

    /// <summary>With these security groups, and with no others.</summary>
    public LoadBalancer WithSecurityGroups(IReadOnlyList<SecurityGroup> groups, Quotas quotas)
    {
        if (Type == LoadBalancerType.Network && SecurityGroups.Count == 0)
        {
            throw Errors.InvalidConfigurationRequest.Because("SetSecurityGroups is not supported for load balancers of type 'network'");
        }

        return this with { SecurityGroups = Placement.Groups(groups, VpcId, quotas) };
    }

    /// <summary>Throws while it is protected.</summary>
    public void EnsureDeletable()
    {
        if (Attribute(LoadBalancerAttributes.DeletionProtection) == "true")
        {
            throw Errors.OperationNotPermitted.Because(
                $"Load balancer '{Arn}' cannot be deleted because deletion protection is enabled");
        }
    }

    /// <summary>
    /// What a repeated creation answers: the load balancer itself when everything that was asked for is as it is, an error otherwise.
    /// </summary>
    /// <param name="requested">What is asked for.</param>
    /// <param name="asked">The addresses that are asked for.</param>
    public LoadBalancer MatchRepeatedCreation(LoadBalancer requested, IReadOnlyDictionary<string, FixedAddress> asked) =>
        Type == requested.Type && Scheme == requested.Scheme && VpcId == requested.VpcId && Subnets == requested.Subnets
            && SecurityGroups.ToHashSet().SetEquals(requested.SecurityGroups) && Tags == requested.Tags
            && FixedAddresses.ToHashSet().SetEquals(asked)
            ? this
            : throw Errors.DuplicateLoadBalancerName.Because(
                $"A load balancer with the same name '{Name}' exists, but with different settings");
}
