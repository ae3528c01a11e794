using System.Text.Json.Serialization;
using CloudLb.Core.Addresses;
using CloudLb.Core.Resources;

namespace CloudLb.Elb.Domain;

public sealed partial record LoadBalancer
{
    /// <summary>Where the listeners are bound.</summary>
    [JsonIgnore]
    public LoadBalancerAddresses Addresses
    {
        get => new(Address, SubnetAddresses, LeavingAddresses);
        init => (Address, SubnetAddresses, LeavingAddresses) = (value.First, value.OfSubnets, value.Leaving);
    }

    /// <summary>What its addresses depend on.</summary>
    [JsonIgnore]
    public AddressWish AddressWish => new(
        [.. Listeners.Select(listener => listener.LoadBalancerPort)],
        Scheme == LoadBalancerScheme.Internal,
        [.. Subnets.Select(subnet => (subnet.SubnetId, subnet.AvailabilityZone))]);

    /// <summary>With the addresses that are due in the subnets where it is now.</summary>
    public LoadBalancer Readdressed(AddressAssignment assignment, Snapshot snapshot) =>
        this with { Addresses = assignment.Of(Addresses, snapshot, AddressWish) };
}
