using System.Net;
using System.Text.Json.Serialization;
using CloudLb.Core;
using CloudLb.Core.Addresses;
using CloudLb.Core.Resources;
using CloudLb.Elb.Domain.Attributes;
using CloudLb.Elb.Domain.Policies;

namespace CloudLb.Elb.Domain;

/// <summary>A Classic load balancer as its owner set it up. Every change is a pure function to the next value.</summary>
/// <remarks>The changes stand in the files beside this one, named after what they change.</remarks>
public sealed partial record LoadBalancer
{
    public required LoadBalancerKey Key { get; init; }

    /// <summary>Made at creation and kept: <c>name-digits.region.suffix</c>.</summary>
    public required string DnsName { get; init; }

    /// <summary>The first of <see cref="Addresses"/>.</summary>
    [JsonConverter(typeof(IPAddressJsonConverter))]
    public required IPAddress Address { get; init; }

    /// <summary>See <see cref="LoadBalancerAddresses.OfSubnets"/>.</summary>
    public EquatableArray<SubnetAddress> SubnetAddresses { get; init; }

    /// <summary>See <see cref="LoadBalancerAddresses.Leaving"/>.</summary>
    public EquatableArray<LeavingAddress> LeavingAddresses { get; init; }

    public required LoadBalancerScheme Scheme { get; init; }

    public required DateTimeOffset CreatedTime { get; init; }

    /// <summary>In the order of their ports.</summary>
    public required EquatableArray<Listener> Listeners { get; init; }

    /// <summary>Names in ordinal order.</summary>
    public required EquatableArray<string> AvailabilityZones { get; init; }

    /// <summary>Absent for a load balancer that was made before CloudLb knew VPCs; AWS calls that EC2-Classic.</summary>
    public string? VpcId { get; init; }

    /// <summary>One in each of <see cref="AvailabilityZones"/>, in the order of their ids; none outside a VPC.</summary>
    public EquatableArray<AttachedSubnet> Subnets { get; init; }

    /// <summary>Ids in the order given: the first is the source security group. None outside a VPC.</summary>
    public EquatableArray<string> SecurityGroups { get; init; }

    public required HealthCheck HealthCheck { get; init; }

    /// <summary>In the order of their ids.</summary>
    public EquatableArray<Instance> Instances { get; init; }

    /// <summary>Deregistered and not yet done. An entry whose time is past means nothing and goes at the next change.</summary>
    public EquatableArray<DrainingInstance> Draining { get; init; }

    /// <summary>Ids that were registered once, the newest last: AWS answers for them what it refuses for an id it never knew.</summary>
    public EquatableArray<string> FormerInstances { get; init; }

    public LoadBalancerAttributes Attributes { get; init; } = new();

    /// <summary>In the order of their names.</summary>
    public EquatableArray<Policy> Policies { get; init; }

    /// <summary>In the order of their ports; a listener without a policy has no entry.</summary>
    public EquatableArray<ListenerPolicies> ListenerPolicies { get; init; }

    /// <summary>In the order of their ports; an instance port without a policy has no entry.</summary>
    public EquatableArray<BackendServerPolicies> BackendServerPolicies { get; init; }

    /// <summary>
    /// What the values of stickiness cookies are made with, so that they tell nothing and nobody else can make them. Made when the first
    /// cookie policy is set, and kept: a client stays where it is over every later change. Lower-case hexadecimal digits.
    /// </summary>
    public string? StickinessKey { get; init; }

    /// <summary>In the order of their keys.</summary>
    public EquatableArray<Tag> Tags { get; init; }
}
