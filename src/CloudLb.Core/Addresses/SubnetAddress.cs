using System.Net;
using System.Text.Json.Serialization;
using CloudLb.Core.Resources;

namespace CloudLb.Core.Addresses;

/// <summary>An address that a load balancer has in one of its subnets, out of that subnet's own pool.</summary>
/// <param name="SubnetId">The subnet.</param>
/// <param name="AvailabilityZone">Its zone.</param>
/// <param name="Address">The address.</param>
public sealed record SubnetAddress(
    string SubnetId, string AvailabilityZone, [property: JsonConverter(typeof(IPAddressJsonConverter))] IPAddress Address);
