using CloudLb.Core.Addresses;
using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;

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

    /// <summary>Reached by IPv6 too, or not. It gets its addresses by <see cref="Readdressed(AddressAssignment, Snapshot)"/>.</summary>
    /// <param name="isDualStack">Whether it is.</param>
    /// <param name="snapshot">Where its listeners are.</param>
    public LoadBalancer WithIPv6(bool isDualStack, Snapshot snapshot)
    {
        var changed = this with { IsDualStack = isDualStack };
        foreach (var listener in snapshot.Listeners.Of(Arn).After(null))
        {
            changed.EnsureFits(listener.Protocol);
            changed.EnsureFits(listener.TargetGroups.Select(snapshot.TargetGroups.Find).OfType<TargetGroup>());
        }

        return changed;
    }

    /// <summary>Throws where a listener's protocol is not carried over IPv6 (AWS: without a prefix for source NAT).</summary>
    public void EnsureFits(Protocol protocol)
    {
        if (IsDualStack && protocol.HasDatagrams)
        {
            throw Errors.InvalidConfigurationRequest.Because(
                "You cannot specify 'dualstack' for a load balancer with a UDP or TCP_UDP listener");
        }
    }

    /// <summary>Throws where a target group has addresses that the load balancer's type does not.</summary>
    public void EnsureFits(IEnumerable<TargetGroup> groups)
    {
        if (!IsDualStack && groups.Any(group => group.IsIPv6))
        {
            throw Errors.InvalidConfigurationRequest.Because(
                "You cannot associate an IPv6 target group with a load balancer that has an 'ipv4' IP address type");
        }
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
            && FixedAddresses.ToHashSet().SetEquals(asked) && IsDualStack == requested.IsDualStack
            ? this
            : throw Errors.DuplicateLoadBalancerName.Because(
                $"A load balancer with the same name '{Name}' exists, but with different settings");
}
