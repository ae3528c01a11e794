namespace CloudLb.Core.Inventory;

/// <summary>The networks of an EC2 endpoint's region, each id once.</summary>
public sealed record EndpointNetworks
{
    public required EquatableArray<string> Zones { get; init; }

    /// <summary>The zones' ids, as far as the endpoint says them; the same zone has another name in another account of AWS.</summary>
    public EquatableArray<AvailabilityZoneId> ZoneIds { get; init; } = [];

    public required EquatableArray<Vpc> Vpcs { get; init; }

    public required EquatableArray<Subnet> Subnets { get; init; }

    public required EquatableArray<SecurityGroup> SecurityGroups { get; init; }
}
