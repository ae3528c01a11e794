using System.Collections.Frozen;

namespace CloudLb.Core.Inventory;

/// <summary>Everything that the inventory file lists, each by its id.</summary>
public sealed record InventoryContent
{
    public static readonly InventoryContent Empty = new();

    /// <summary>Whether the VPC is one that is listed, or that something listed is in, and none that CloudLb made up.</summary>
    public bool HasVpc(string vpcId) =>
        Vpcs.ContainsKey(vpcId)
            || Subnets.Values.Any(subnet => subnet.VpcId == vpcId)
            || SecurityGroups.Values.Any(group => group.VpcId == vpcId);

    public FrozenDictionary<string, InventoryInstance> Instances { get; init; } = FrozenDictionary<string, InventoryInstance>.Empty;

    public FrozenDictionary<string, Vpc> Vpcs { get; init; } = FrozenDictionary<string, Vpc>.Empty;

    public FrozenDictionary<string, Subnet> Subnets { get; init; } = FrozenDictionary<string, Subnet>.Empty;

    public FrozenDictionary<string, SecurityGroup> SecurityGroups { get; init; } = FrozenDictionary<string, SecurityGroup>.Empty;

    /// <summary>The ids of zones by their names, where an endpoint has said them.</summary>
    public EquatableArray<AvailabilityZoneId> ZoneIds { get; init; } = [];

    /// <summary>
    /// The region of which everything is listed, as an EC2 endpoint has it; nothing is taken at its word there. Null without an endpoint.
    /// </summary>
    public string? CompleteRegion { get; init; }
}
