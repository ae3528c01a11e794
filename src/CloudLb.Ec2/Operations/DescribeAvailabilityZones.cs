using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Ec2.Contracts;
using CloudLb.Ec2.Mapping;
using CloudLb.Ec2.Selecting;

namespace CloudLb.Ec2.Operations;

/// <summary>Answers the zones of the region that the caller signed for.</summary>
internal sealed class DescribeAvailabilityZones(AccountNetworks networks)
    : IOperation<DescribeAvailabilityZonesRequest, DescribeAvailabilityZonesResponse>
{
    private static readonly ResourceKind<AvailabilityZone> Zones = new()
    {
        Id = zone => zone.ZoneName!,
        NotFound = id => Ec2Errors.InvalidValue($"Invalid availability zone: [{id}]"),
        Filters = new Dictionary<string, Func<AvailabilityZone, IEnumerable<string?>>>
        {
            ["zone-name"] = zone => [zone.ZoneName],
            ["zone-id"] = zone => [zone.ZoneId],
            ["region-name"] = zone => [zone.RegionName],
            ["state"] = zone => [zone.State],
            ["zone-type"] = zone => [zone.ZoneType],
            ["opt-in-status"] = zone => [zone.OptInStatus],
            ["group-name"] = zone => [zone.GroupName],
        },
    };

    public Task<DescribeAvailabilityZonesResponse> ExecuteAsync(
        DescribeAvailabilityZonesRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var network = networks.Of(caller);
        var all = network.Zones.Select(name => new AvailabilityZone
        {
            ZoneName = name,
            ZoneId = network.ZoneId(name),
            State = Texts.Available,
            RegionName = caller.Region,
            ZoneType = "availability-zone",
            OptInStatus = "opt-in-not-required",
            GroupName = caller.Region,
        }).ToList();
        if (request.ZoneIds?.FirstOrDefault(id => all.TrueForAll(zone => zone.ZoneId != id)) is { } missing)
        {
            throw Ec2Errors.InvalidValue($"Invalid availability zone-id: [{missing}]");
        }

        if (request.ZoneIds is { Count: > 0 } wanted)
        {
            all.RemoveAll(zone => !wanted.Contains(zone.ZoneId));
        }

        return Task.FromResult(new DescribeAvailabilityZonesResponse { AvailabilityZones = Zones.Select(all, request.ToSelection()).Page });
    }
}
