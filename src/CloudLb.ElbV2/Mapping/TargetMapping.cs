using System.Net.Sockets;
using CloudLb.AwsApi;
using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Domain;
using Wire = CloudLb.ElbV2.Contracts;

namespace CloudLb.ElbV2.Mapping;

/// <summary>Targets: ids come in, and are held against the inventory or read as addresses, by the type of their group.</summary>
internal static class TargetMapping
{
    private const string EveryZone = "all";

    /// <summary>The ids with their ports, each once, in the order asked; an absent port is the group's.</summary>
    public static IReadOnlyList<TargetId> Ids(this IReadOnlyList<Wire.TargetDescription> targets, TargetGroup group) =>
        [.. targets.Select(target => new TargetId(Spelled(target.Id, group), target.Port ?? group.Port)).Distinct()];

    /// <summary>Where the targets are; one that cannot be a target of such a group is InvalidTarget, for the whole call.</summary>
    public static async Task<IReadOnlyCollection<Target>> LocateAsync(
        this IInventory inventory, Snapshot snapshot, TargetGroup group, IReadOnlyList<string> zones,
        IReadOnlyList<Wire.TargetDescription> targets, CancellationToken cancellationToken)
    {
        if (targets.Count == 0)
        {
            throw CommonErrors.ValidationError.Because("At least one target must be specified");
        }

        if (targets.FirstOrDefault(target => target.QuicServerId is not null) is { } quic)
        {
            throw NotCarried.Because("QuicServerId", quic.QuicServerId!);
        }

        if (group.TargetType == TargetType.Ip)
        {
            return Distinct(targets.Select(target => OfAddress(target, group, zones)));
        }

        if (group.TargetType == TargetType.Alb)
        {
            return [OfLoadBalancer(targets, group, snapshot)];
        }

        await inventory.LookUpAsync([.. targets.Select(target => target.Id).Distinct()], cancellationToken);
        var located = new List<Target>(targets.Count);
        var missing = new List<string>();
        foreach (var target in targets)
        {
            if (await InstanceAsync(inventory, group, target, cancellationToken) is { } instance)
            {
                located.Add(instance);
            }
            else
            {
                missing.Add($"'{target.Id}'");
            }
        }

        return missing.Count == 0
            ? Distinct(located)
            : throw Errors.InvalidTarget.Because(
                "The following targets are not in a running state and cannot be registered: " +
                string.Join(", ", missing.Distinct().Take(20)));
    }

    /// <summary>An address of IPv6 in the one way in which all write it (RFC 5952), as it can be written in many.</summary>
    private static string Spelled(string id, TargetGroup group) =>
        group.IsIPv6 && InstanceId.TryParseAddress(id, out var address) ? address.ToString() : id;

    private static Target[] Distinct(IEnumerable<Target> targets) => [.. targets.DistinctBy(target => (target.Id, target.Port))];

    private static Target OfAddress(Wire.TargetDescription target, TargetGroup group, IReadOnlyList<string> zones)
    {
        var family = group.IsIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        if (!InstanceId.TryParseAddress(target.Id, out var address) || address.AddressFamily != family)
        {
            throw Errors.InvalidTarget.Because(
                $"The IP address '{ResourceNames.Cut(target.Id)}' is not a valid {(group.IsIPv6 ? "IPv6" : "IPv4")} address");
        }

        var zone = target.AvailabilityZone is null or "" or EveryZone ? null : target.AvailabilityZone;
        return zone is null || zones.Contains(zone)
            ? new() { Id = Spelled(target.Id, group), Port = target.Port ?? group.Port, Address = address, AvailabilityZone = zone }
            : throw CommonErrors.ValidationError.Because($"The Availability Zone '{ResourceNames.Cut(zone)}' is not valid");
    }

    /// <summary>There is room for one.</summary>
    private static Target OfLoadBalancer(IReadOnlyList<Wire.TargetDescription> targets, TargetGroup group, Snapshot snapshot)
    {
        var ids = targets.Select(target => target.Id).Concat(group.Targets.Select(target => target.Id)).Distinct().ToList();
        if (ids.Count > 1)
        {
            throw CommonErrors.ValidationError.Because(
                $"Up to '1' Application Load Balancer target(s) can be registered, but '{ids.Count}' were specified");
        }

        if (targets.FirstOrDefault(target => target.Port is { } port && port != group.Port) is { } other)
        {
            throw CommonErrors.ValidationError.Because(
                $"Port '{other.Port}' must be the port '{group.Port}' of the target group with target type 'alb'");
        }

        if (targets.FirstOrDefault(target => target.AvailabilityZone is not (null or "" or EveryZone)) is { } zoned)
        {
            throw CommonErrors.ValidationError.Because(
                $"The Availability Zone '{ResourceNames.Cut(zoned.AvailabilityZone!)}' is not valid");
        }

        return LoadBalancerTargets.Find(snapshot, group, ids[0]) is { } found
            ? new() { Id = ids[0], Port = group.Port, Address = found.Address }
            : throw Errors.InvalidTarget.Because(
                $"The target '{ResourceNames.Cut(ids[0])}' is not allowed: there is no such application load balancer");
    }

    /// <summary>Null for an instance that is not there or does not run; one whose id cannot be one is refused at once.</summary>
    private static async Task<Target?> InstanceAsync(
        IInventory inventory, TargetGroup group, Wire.TargetDescription target, CancellationToken cancellationToken)
    {
        if (!InstanceId.IsEc2(target.Id) && !inventory.Listed.Instances.ContainsKey(target.Id))
        {
            throw Errors.InvalidTarget.Because($"Instance ID '{ResourceNames.Cut(target.Id)}' is not valid");
        }

        if (await inventory.FindAsync(target.Id, cancellationToken) is not { } found
            || !found.IsOf(group.Arn.Account) || inventory.IsOff(target.Id) || inventory.IsPending(target.Id))
        {
            return null;
        }

        if (found.VpcId is { } vpcId && inventory.Listed.HasVpc(group.VpcId) && vpcId != group.VpcId)
        {
            throw Errors.InvalidTarget.Because(
                $"The following targets are not in the target group VPC '{group.VpcId}': '{target.Id}'");
        }

        return new()
        {
            Id = target.Id,
            Port = target.Port ?? group.Port,
            Address = found.Address,
            AvailabilityZone = found.AvailabilityZone,
        };
    }

    /// <summary>As DescribeTargetHealth shows it: an address with its zone.</summary>
    public static Wire.TargetDescription ToWire(this Target target, TargetGroup group) => new()
    {
        Id = target.Id,
        Port = target.Port,
        AvailabilityZone = group.TargetType == TargetType.Ip ? target.AvailabilityZone ?? EveryZone : null,
    };
}
