using System.Net;

namespace CloudLb.Core.Inventory;

/// <summary>What an EC2 endpoint says of one instance.</summary>
/// <param name="InstanceId"><c>i-</c> and hexadecimal digits.</param>
/// <param name="Address">Its private address, one that traffic can be sent to; null once it is terminated.</param>
/// <param name="AvailabilityZone">Absent when the endpoint does not say.</param>
/// <param name="VpcId">Absent when the endpoint does not say, as one without VPCs.</param>
public sealed record EndpointInstance(string InstanceId, IPAddress? Address, string? AvailabilityZone, string? VpcId = null)
{
    public bool IsTerminated => Address is null;
}
