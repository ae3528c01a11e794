using System.Net;
using CloudLb.Core.Traffic.Status;

namespace CloudLb.Core.Traffic.Told;

/// <summary>A registered instance as its load balancer's API tells of it.</summary>
public sealed record ToldInstance
{
    public required string InstanceId { get; init; }

    /// <summary>Which member of the plan it is, where it can be several; null where its id says it.</summary>
    public PoolMember? Member { get; init; }

    public required IPAddress Address { get; init; }

    /// <summary>Null where no zone is known of it.</summary>
    public required string? AvailabilityZone { get; init; }

    /// <summary>Whether it takes traffic, by what the API answers.</summary>
    public required bool IsInService { get; init; }

    /// <summary>The API's word.</summary>
    public required string State { get; init; }

    public required string ReasonCode { get; init; }

    public required string Description { get; init; }

    /// <summary>Null for what stays until somebody deregisters it.</summary>
    public ToldLease? Lease { get; init; }
}
