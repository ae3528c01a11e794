using System.Net;
using System.Text.Json.Serialization;
using CloudLb.Core;
using CloudLb.Core.Addresses;
using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

/// <summary>A load balancer as its owner set it up. Its listeners are resources of their own.</summary>
/// <remarks>The changes stand in the files beside this one, named after what they change.</remarks>
public sealed partial record LoadBalancer
{
    public required Arn Arn { get; init; }

    public required LoadBalancerType Type { get; init; }

    /// <summary>Made at creation and kept.</summary>
    public required string DnsName { get; init; }

    /// <summary>The first of <see cref="Addresses"/>.</summary>
    [JsonConverter(typeof(IPAddressJsonConverter))]
    public required IPAddress Address { get; init; }

    /// <summary>See <see cref="LoadBalancerAddresses.OfSubnets"/>.</summary>
    public EquatableArray<SubnetAddress> SubnetAddresses { get; init; }

    /// <summary>See <see cref="LoadBalancerAddresses.Leaving"/>.</summary>
    public EquatableArray<LeavingAddress> LeavingAddresses { get; init; }

    /// <summary>See <see cref="LoadBalancerAddresses.IPv6"/>.</summary>
    [JsonConverter(typeof(IPAddressJsonConverter))]
    public IPAddress? IPv6Address { get; init; }

    /// <summary>Whether it is reached by IPv6 too, and may have target groups of IPv6.</summary>
    public bool IsDualStack { get; init; }

    public required LoadBalancerScheme Scheme { get; init; }

    public required DateTimeOffset CreatedTime { get; init; }

    public required string VpcId { get; init; }

    /// <summary>One in each zone, in the order of the zones' names.</summary>
    public required EquatableArray<AttachedSubnet> Subnets { get; init; }

    /// <summary>Ids in the order given. A network load balancer may have none, and then never gets any.</summary>
    public EquatableArray<string> SecurityGroups { get; init; }

    /// <summary>
    /// Whether somebody has said that the groups' rules hold for private links too, which there are none of; they do, said or not.
    /// </summary>
    public bool IsSaidOfPrivateLinks { get; init; }

    /// <summary>
    /// What the values of its cookies are made with, made at creation and kept; null on one that was made when there were no cookies.
    /// </summary>
    public string? StickinessKey { get; init; }

    /// <summary>Those that were set, in the order of their keys.</summary>
    public EquatableArray<ResourceAttribute> Attributes { get; init; }

    /// <summary>In the order of their keys.</summary>
    public EquatableArray<Tag> Tags { get; init; }

    [JsonIgnore]
    public string Name => Arn.Name;

    [JsonIgnore]
    public Scope Scope => new(Arn.Account, Arn.Region);

    /// <summary>The attribute's value, whether it was set or not.</summary>
    public string Attribute(string key) => LoadBalancerAttributes.Of(Type, Scheme).Value(Attributes, key);
}
