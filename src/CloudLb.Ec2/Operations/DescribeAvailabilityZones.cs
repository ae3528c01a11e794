using CloudLb.AwsQuery;
using CloudLb.AwsQuery.Dispatch;
using CloudLb.Core.LoadBalancers;
using CloudLb.Ec2.Contracts;
using CloudLb.Ec2.Selecting;

namespace CloudLb.Ec2.Operations;

/// <summary>Answers the zones of the region that the caller signed for.</summary>
internal sealed class DescribeAvailabilityZones(IRegionZones zones) : IOperation<DescribeAvailabilityZonesRequest, DescribeAvailabilityZonesResponse>
{
    private static readonly ResourceKind<AvailabilityZone> Zones = new()
    {
        Id = zone => zone.ZoneName!,
        NotFound = id => Ec2Errors.InvalidValue($"Invalid availability zone: [{id}]"),
        Filters = new Dictionary<string, Func<AvailabilityZone, IEnumerable<string?>>>
        {
            ["zone-name"] = zone => [zone.ZoneName],
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
        var all = zones.Of(caller.Region).Select(name => new AvailabilityZone
        {
            ZoneName = name,
            State = Texts.Available,
            RegionName = caller.Region,
            ZoneType = "availability-zone",
            OptInStatus = "opt-in-not-required",
            GroupName = caller.Region,
        });
        return Task.FromResult(new DescribeAvailabilityZonesResponse { AvailabilityZones = Zones.Select(all, request.Selection).Page });
    }
}
