using System.Net;
using System.Text.Json.Serialization;
using CloudLb.Core.Resources;

namespace CloudLb.Core.Addresses;

/// <summary>An address that no name leads to any more, and that is served for clients which still know it.</summary>
/// <param name="SubnetId">The subnet that it was in; empty for one of IPv6 beside the others.</param>
/// <param name="AvailabilityZone">That one's zone; empty for one of no subnet.</param>
/// <param name="Address">The address.</param>
/// <param name="Until">When it goes.</param>
/// <param name="AllocationId">By which the account has it; null for one of a pool.</param>
public sealed record LeavingAddress(
    string SubnetId, string AvailabilityZone, [property: JsonConverter(typeof(IPAddressJsonConverter))] IPAddress Address,
    DateTimeOffset Until, string? AllocationId = null);
