using CloudLb.Core.Accounts;

namespace CloudLb.Core.Inventory;

/// <summary>
/// The VPCs, subnets and security groups of an account in a region: those that the inventory lists there and those that CloudLb makes up
/// (<see cref="MadeUpNetwork"/>). Where none are listed, every well-formed id of a subnet or a group is taken at its word.
/// </summary>
/// <remarks>
/// A listed subnet is in its zone's region, a VPC in those of its subnets (in every one while it has none), a group in those of its VPC.
/// </remarks>
public sealed class Network
{
    private readonly IReadOnlyList<string> _zones;
    private readonly string _region;
    private readonly EquatableArray<AvailabilityZoneId> _zoneIds;
    private readonly Dictionary<string, Vpc> _vpcs;
    private readonly Dictionary<string, Subnet> _subnets;
    private readonly Dictionary<string, SecurityGroup> _groups;
    private readonly bool _areSubnetsListed;
    private readonly bool _areGroupsListed;

    internal Network(AccountId account, string region, IReadOnlyList<string> zones, InventoryContent listed)
    {
        _zones = zones;
        _region = region;
        _zoneIds = listed.CompleteRegion == region ? listed.ZoneIds : [];
        _subnets = listed.Subnets.Values.Where(subnet => zones.Contains(subnet.AvailabilityZone)).ToDictionary(subnet => subnet.SubnetId);
        _areSubnetsListed = _subnets.Count > 0 || listed.CompleteRegion == region;
        var here = _subnets.Values.Select(subnet => subnet.VpcId).ToHashSet();
        var elsewhere = listed.Subnets.Values.Select(subnet => subnet.VpcId).Where(vpcId => !here.Contains(vpcId)).ToHashSet();
        _vpcs = listed.Vpcs.Values.Where(vpc => !elsewhere.Contains(vpc.VpcId)).ToDictionary(vpc => vpc.VpcId);
        _groups = listed.SecurityGroups.Values.Where(group => !elsewhere.Contains(group.VpcId)).ToDictionary(group => group.GroupId);
        _areGroupsListed = _groups.Count > 0 || listed.CompleteRegion == region;

        var madeUp = new MadeUpNetwork(account, region, zones);
        UnlistedVpcId = madeUp.UnlistedVpcId;
        if (_vpcs.Count == 0)
        {
            _vpcs.Add(madeUp.DefaultVpc.VpcId, madeUp.DefaultVpc);
            AddTo(_subnets, madeUp.DefaultSubnets, subnet => subnet.SubnetId);
        }

        DefaultVpc = _vpcs.Values.FirstOrDefault(vpc => vpc.IsDefault);
        var mentioned = here.Concat(_groups.Values.Select(group => group.VpcId)).Concat(_areSubnetsListed ? [] : [UnlistedVpcId]);
        AddTo(_vpcs, mentioned.Distinct().Select(vpcId => new Vpc { VpcId = vpcId }), vpc => vpc.VpcId);
        var named = _groups.Values.Where(group => group.Name == SecurityGroup.DefaultName).Select(group => group.VpcId).ToHashSet();
        AddTo(_groups, _vpcs.Keys.Where(vpcId => !named.Contains(vpcId)).Select(madeUp.DefaultGroupOf), group => group.GroupId);
        if (DefaultVpc is not null)
        {
            LoadBalancerGroup = madeUp.LoadBalancerGroupOf(DefaultVpc.VpcId);
            AddTo(_groups, [LoadBalancerGroup], group => group.GroupId);
        }
    }

    /// <summary>The names of the region's zones.</summary>
    public IReadOnlyList<string> Zones => _zones;

    public IEnumerable<Vpc> Vpcs => _vpcs.Values.OrderBy(vpc => vpc.VpcId, StringComparer.Ordinal);

    public IEnumerable<Subnet> Subnets => _subnets.Values.OrderBy(subnet => subnet.SubnetId, StringComparer.Ordinal);

    public IEnumerable<SecurityGroup> SecurityGroups => _groups.Values.OrderBy(group => group.GroupId, StringComparer.Ordinal);

    /// <summary>Null where the inventory lists VPCs and none of them is the default.</summary>
    public Vpc? DefaultVpc { get; }

    /// <summary>What a load balancer in the default VPC has that named no group; null without a default VPC.</summary>
    public SecurityGroup? LoadBalancerGroup { get; }

    /// <summary>The VPC of subnets that were taken at their word.</summary>
    public string UnlistedVpcId { get; }

    /// <summary>
    /// A zone's id: the endpoint's word, or the region's short name and the zone's number; null of a zone that the region does not have.
    /// </summary>
    public string? ZoneId(string zone) => _zoneIds.FirstOrDefault(known => known.ZoneName == zone)?.ZoneId
        ?? (_zones.Contains(zone) ? $"{RegionName.Shortened(_region)}-az{_zones.TakeWhile(name => name != zone).Count() + 1}" : null);

    public Vpc? FindVpc(string vpcId) => _vpcs.GetValueOrDefault(vpcId);

    /// <summary>
    /// The subnet; null when there is none by that id. One taken at its word is in the zone that the last digit of its id gives.
    /// </summary>
    public Subnet? FindSubnet(string subnetId)
    {
        if (_subnets.TryGetValue(subnetId, out var known))
        {
            return known;
        }

        if (_areSubnetsListed || !NetworkId.IsWellFormed(subnetId, NetworkId.Subnet))
        {
            return null;
        }

        // A digit rather than a hash: whoever makes an id up can choose its zone.
        var zone = _zones[Convert.ToInt32(subnetId[^1..], 16) % _zones.Count];
        return new() { SubnetId = subnetId, VpcId = UnlistedVpcId, AvailabilityZone = zone };
    }

    /// <summary>The subnet that a zone's name stands for: the default VPC's first one there; null when it has none.</summary>
    public Subnet? DefaultSubnet(string zone) =>
        Subnets.FirstOrDefault(subnet => subnet.VpcId == DefaultVpc?.VpcId && subnet.AvailabilityZone == zone);

    /// <summary>The group; null when there is none by that id.</summary>
    /// <param name="vpcId">The VPC of one that is taken at its word; its rules are not known, and its name is its id.</param>
    public SecurityGroup? FindSecurityGroup(string groupId, string vpcId)
    {
        if (_groups.TryGetValue(groupId, out var known))
        {
            return known;
        }

        return !_areGroupsListed && NetworkId.IsWellFormed(groupId, NetworkId.SecurityGroup)
            ? new()
            {
                GroupId = groupId,
                Name = groupId,
                VpcId = vpcId,
                Description = "Taken at its word: the inventory lists no security groups",
            }
            : null;
    }

    /// <summary>The group named <c>default</c>, which every VPC has.</summary>
    public SecurityGroup DefaultGroup(string vpcId) =>
        SecurityGroups.First(group => group.VpcId == vpcId && group.Name == SecurityGroup.DefaultName);

    private static void AddTo<T>(Dictionary<string, T> known, IEnumerable<T> added, Func<T, string> id)
    {
        foreach (var one in added.ToList())
        {
            known.TryAdd(id(one), one);
        }
    }
}
