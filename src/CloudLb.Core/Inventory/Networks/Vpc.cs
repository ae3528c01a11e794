using CloudLb.Core.Resources;

namespace CloudLb.Core.Inventory;

/// <summary>A virtual private cloud, as far as load balancers ask for one.</summary>
public sealed record Vpc
{
    /// <summary><c>vpc-</c> and hexadecimal digits.</summary>
    public required string VpcId { get; init; }

    /// <summary>Its IPv4 network; absent when it is not known.</summary>
    public string? Cidr { get; init; }

    /// <summary>Where load balancers go that name Availability Zones and no subnets. A region has one at most.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Internet-facing load balancers need one; internal ones do not.</summary>
    public bool HasInternetGateway { get; init; } = true;

    /// <summary>Its labels; load balancers do not take part in them.</summary>
    public EquatableArray<Tag> Tags { get; init; } = [];
}
