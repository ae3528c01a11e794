using System.Net;
using System.Text.Json.Serialization;
using CloudLb.Core.Resources;

namespace CloudLb.Core.Addresses;

/// <summary>An address that a load balancer has in one of its subnets, out of that subnet's own pool or its account's own.</summary>
/// <param name="SubnetId">The subnet.</param>
/// <param name="AvailabilityZone">Its zone.</param>
/// <param name="Address">The address.</param>
/// <param name="IsFixed">Whether it was asked for.</param>
/// <param name="AllocationId">By which the account has it; null for one of a pool.</param>
public sealed record SubnetAddress(
    string SubnetId, string AvailabilityZone, [property: JsonConverter(typeof(IPAddressJsonConverter))] IPAddress Address,
    bool IsFixed = false, string? AllocationId = null);
