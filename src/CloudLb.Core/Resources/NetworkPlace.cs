using System.Net;

namespace CloudLb.Core.Resources;

/// <summary>Where a resource is in a VPC: at AWS it has a network interface in each of these subnets.</summary>
/// <param name="Account">Whose it is, twelve digits.</param>
/// <param name="Region">The region that it is in.</param>
/// <param name="Name">What tells its interfaces from those of all others of the account and region.</param>
/// <param name="Description">What AWS calls the interfaces: <c>ELB web</c>.</param>
/// <param name="VpcId">Its VPC.</param>
/// <param name="Subnets">The ids of its subnets with their Availability Zones, and where it is reached there.</param>
/// <param name="SecurityGroups">Ids.</param>
public sealed record NetworkPlace(
    string Account, string Region, string Name, string Description, string VpcId,
    IReadOnlyList<(string SubnetId, string AvailabilityZone, IPAddress Address)> Subnets, IReadOnlyList<string> SecurityGroups);
