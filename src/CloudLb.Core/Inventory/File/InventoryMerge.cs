using System.Collections.Frozen;

namespace CloudLb.Core.Inventory;

/// <summary>Puts the inventory file and an EC2 endpoint together: the file wins.</summary>
internal static class InventoryMerge
{
    public static InventoryContent Of(InventoryContent file, EndpointState state, string region)
    {
        var networks = state.Networks;
        var groupNames = file.SecurityGroups.Values.Select(group => (group.VpcId, group.Name)).ToHashSet();
        var hasDefault = file.Vpcs.Values.Any(vpc => vpc.IsDefault);
        var instances = state.Instances.Values.Where(instance => !instance.IsTerminated)
            .Select(instance => instance.ToInventory()!);
        return new()
        {
            Instances = Merge(file.Instances, instances, instance => instance.InstanceId),
            Vpcs = Merge(file.Vpcs, networks?.Vpcs.Select(vpc => hasDefault ? vpc with { IsDefault = false } : vpc), vpc => vpc.VpcId),
            Subnets = Merge(file.Subnets, networks?.Subnets, subnet => subnet.SubnetId),
            SecurityGroups = Merge(
                file.SecurityGroups, networks?.SecurityGroups.Where(group => !groupNames.Contains((group.VpcId, group.Name))), group =>
                    group.GroupId),
            ZoneIds = networks?.ZoneIds ?? [],
            CompleteRegion = region,
        };
    }

    private static FrozenDictionary<string, T> Merge<T>(FrozenDictionary<string, T> file, IEnumerable<T>? others, Func<T, string> id) =>
        others is null
            ? file
            : file.Values.Concat(others.Where(other => !file.ContainsKey(id(other)))).DistinctBy(id).ToFrozenDictionary(id);
}
