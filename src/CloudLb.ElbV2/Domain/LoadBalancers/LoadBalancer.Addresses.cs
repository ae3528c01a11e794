using System.Net;
using System.Text.Json.Serialization;
using CloudLb.Core.Addresses;
using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

public sealed partial record LoadBalancer
{
    /// <summary>Where the listeners are bound.</summary>
    [JsonIgnore]
    public LoadBalancerAddresses Addresses
    {
        get => new(Address, SubnetAddresses, LeavingAddresses);
        init => (Address, SubnetAddresses, LeavingAddresses) = (value.First, value.OfSubnets, value.Leaving);
    }

    /// <summary>What its addresses depend on. It has no listeners when it is made.</summary>
    [JsonIgnore]
    public AddressWish AddressWish => new(
        [], Scheme == LoadBalancerScheme.Internal, [.. Subnets.Select(subnet => (subnet.SubnetId, subnet.AvailabilityZone))]);

    /// <summary>With the addresses that are due in the subnets where it is now.</summary>
    public LoadBalancer Readdressed(AddressAssignment assignment, Snapshot snapshot) =>
        this with { Addresses = assignment.Of(Addresses, snapshot, AddressWish) };

    /// <summary>The name that a network load balancer has for a zone.</summary>
    public string NameIn(string zone) => $"{zone}.{DnsName}";

    /// <summary>Where one of its host names leads to: that of a zone to the zone's own address, if it has one.</summary>
    public IEnumerable<IPAddress> AddressesOf(string hostName) =>
        Type == LoadBalancerType.Network && Subnets.FirstOrDefault(subnet => IsNameIn(subnet.AvailabilityZone, hostName)) is { } subnet
            ? Addresses.In(subnet.AvailabilityZone)
            : Addresses.Named;

    private bool IsNameIn(string zone, string hostName) => NameIn(zone).Equals(hostName, StringComparison.OrdinalIgnoreCase);
}
