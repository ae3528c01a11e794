using System.Net;
using CloudLb.Core.Accounts;
using CloudLb.Core.Resources;

namespace CloudLb.Core.Inventory;

/// <summary>What the inventory knows of one instance.</summary>
/// <param name="InstanceId">As it was asked for.</param>
/// <param name="Address">Where its traffic goes: never the unspecified, a multicast or the broadcast address.</param>
/// <param name="AvailabilityZone">Absent when the inventory does not know one; such an instance counts as in every zone.</param>
/// <param name="VpcId">Absent when the inventory does not know it; such an instance goes with load balancers of every VPC.</param>
/// <param name="Account">Whose load balancers may have it; absent: everyone's.</param>
/// <param name="InstanceType">As EC2 names them, <c>t3.micro</c>; absent when the inventory does not know one.</param>
/// <param name="Tags">Its labels.</param>
public sealed record InventoryInstance(
    string InstanceId, IPAddress Address, string? AvailabilityZone, string? VpcId = null, AccountId? Account = null,
    string? InstanceType = null,
    EquatableArray<Tag> Tags = default)
{
    /// <summary>Whether load balancers of the account may have it.</summary>
    public bool IsOf(AccountId account) => Account is null || Account == account;
}
