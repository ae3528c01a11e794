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
        get => new(Address, SubnetAddresses, LeavingAddresses) { IPv6 = IPv6Address };
        init => (Address, SubnetAddresses, LeavingAddresses, IPv6Address) = (value.First, value.OfSubnets, value.Leaving, value.IPv6);
    }

    /// <summary>What its addresses depend on. It has no listeners when it is made.</summary>
    [JsonIgnore]
    public AddressWish AddressWish => new(
        [], Scheme == LoadBalancerScheme.Internal, [.. Subnets.Select(subnet => (subnet.SubnetId, subnet.AvailabilityZone))])
    {
        IsDualStack = IsDualStack,
    };

    /// <summary>Those that its owner has asked for, by the ids of their subnets.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, FixedAddress> FixedAddresses => SubnetAddresses.Where(each => each.IsFixed)
        .ToDictionary(each => each.SubnetId, each => new FixedAddress(each.Address, each.AllocationId));

    /// <summary>With the addresses that are due in the subnets where it is now.</summary>
    public LoadBalancer Readdressed(AddressAssignment assignment, Snapshot snapshot) =>
        this with { Addresses = assignment.Of(Addresses, snapshot, AddressWish) };

    /// <summary>The same, with those that its owner asks for.</summary>
    public LoadBalancer Readdressed(
        AddressAssignment assignment, Snapshot snapshot, IReadOnlyDictionary<string, FixedAddress> asked)
    {
        EnsureFree(snapshot, asked);
        return this with { Addresses = assignment.Of(Addresses, snapshot, AddressWish with { Fixed = asked }) };
    }

    /// <summary>Holds that no other load balancer has what is asked for, and this one no other address in those subnets.</summary>
    public void EnsureFree(Snapshot snapshot, IReadOnlyDictionary<string, FixedAddress> asked)
    {
        foreach (var (subnetId, wanted) in asked)
        {
            if (SubnetAddresses.Any(each => each.SubnetId == subnetId && !each.Address.Equals(wanted.Address)))
            {
                throw Errors.InvalidConfigurationRequest.Because(
                    $"The address of the load balancer in the subnet '{subnetId}' cannot be changed");
            }

            var isTaken = snapshot.UsersOf(Use.OfAddress(wanted.Address)).Any(user => !Equals(user.Key, Arn));
            if (isTaken && wanted.AllocationId is null)
            {
                throw Errors.InvalidConfigurationRequest.Because($"The private IPv4 address '{wanted.Address}' is in use");
            }

            if (isTaken || (wanted.AllocationId is { } id && snapshot.V2LoadBalancers.All.Any(other => IsOthers(other, id))))
            {
                throw Errors.ResourceInUse.Because("The allocation IDs are not available for use");
            }
        }
    }

    /// <summary>The name that a network load balancer has for a zone.</summary>
    public string NameIn(string zone) => $"{zone}.{DnsName}";

    /// <summary>Where one of its host names leads to: that of a zone to the zone's own address, if it has one.</summary>
    public IEnumerable<IPAddress> AddressesOf(string hostName) =>
        Type == LoadBalancerType.Network && Subnets.FirstOrDefault(subnet => IsNameIn(subnet.AvailabilityZone, hostName)) is { } subnet
            ? Addresses.In(subnet.AvailabilityZone)
            : Addresses.Named;

    /// <summary>
    /// Whether another of the account has what went by that id, which the settings may have given to another address since.
    /// </summary>
    private bool IsOthers(LoadBalancer other, string allocationId) => other.Arn != Arn && other.Arn.Account == Arn.Account
        && other.SubnetAddresses.Any(each => each.AllocationId == allocationId);

    private bool IsNameIn(string zone, string hostName) => NameIn(zone).Equals(hostName, StringComparison.OrdinalIgnoreCase);
}
