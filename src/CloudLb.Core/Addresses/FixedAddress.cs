using System.Net;

namespace CloudLb.Core.Addresses;

/// <summary>The address that the owner of a load balancer has asked for in one of its subnets.</summary>
/// <param name="Address">One of the subnet's own pool, or an account's own.</param>
/// <param name="AllocationId">By which the account has it; null for one of a pool.</param>
public sealed record FixedAddress(IPAddress Address, string? AllocationId);
