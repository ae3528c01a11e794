using CloudLb.Core.Resources;

namespace CloudLb.Core.Inventory;

/// <summary>A security group: who may connect to a load balancer that has it.</summary>
public sealed record SecurityGroup
{
    /// <summary>AWS's name for the group that every VPC begins with.</summary>
    public const string DefaultName = "default";

    /// <summary><c>sg-</c> and hexadecimal digits.</summary>
    public required string GroupId { get; init; }

    /// <summary>Unique within its VPC.</summary>
    public required string Name { get; init; }

    public required string VpcId { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Who is let in; null when the rules are not known, which is not the same as none.</summary>
    public EquatableArray<IngressRule>? Ingress { get; init; }

    /// <summary>Its labels; load balancers do not take part in them.</summary>
    public EquatableArray<Tag> Tags { get; init; } = [];
}
