using System.Net;
using CloudLb.Core.Resources;

namespace CloudLb.Core.Inventory;

/// <summary>What an EC2 endpoint says of one instance.</summary>
/// <param name="InstanceId"><c>i-</c> and hexadecimal digits.</param>
/// <param name="Address">Its private address, one that traffic can be sent to; null once it is terminated.</param>
/// <param name="AvailabilityZone">Absent when the endpoint does not say.</param>
/// <param name="VpcId">Absent when the endpoint does not say, as one without VPCs.</param>
/// <param name="InstanceType">Absent when the endpoint does not say.</param>
/// <param name="Tags">Its labels.</param>
public sealed record EndpointInstance(
    string InstanceId, IPAddress? Address, string? AvailabilityZone, string? VpcId = null, string? InstanceType = null,
    EquatableArray<Tag> Tags = default)
{
    public bool IsTerminated => Address is null;

    /// <summary>Whether it is off, and keeps its address for when it is started again.</summary>
    public bool IsStopped { get; init; }

    /// <summary>Whether it is on its way to run, for the first time or again.</summary>
    public bool IsPending { get; init; }

    /// <summary>Null once it is terminated.</summary>
    public InventoryInstance? ToInventory() =>
        Address is null ? null : new(InstanceId, Address, AvailabilityZone, VpcId, null, InstanceType, Tags);
}
