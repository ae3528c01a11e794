using CloudLb.Core.Resources;

namespace CloudLb.Core.Inventory;

/// <summary>A subnet: what puts a load balancer into a VPC and an Availability Zone.</summary>
public sealed record Subnet
{
    /// <summary><c>subnet-</c> and hexadecimal digits.</summary>
    public required string SubnetId { get; init; }

    public required string VpcId { get; init; }

    public required string AvailabilityZone { get; init; }

    /// <summary>Its IPv4 network; absent when it is not known.</summary>
    public string? Cidr { get; init; }

    /// <summary>Its labels; load balancers do not take part in them.</summary>
    public EquatableArray<Tag> Tags { get; init; } = [];
}
