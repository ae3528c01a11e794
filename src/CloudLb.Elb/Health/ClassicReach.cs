using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Reach;
using CloudLb.Elb.Domain;

namespace CloudLb.Elb.Health;

/// <summary>
/// Tells of Classic load balancers that have several addresses: with cross-zone balancing each is good while any instance is in service,
/// without it while one is in the address's zone. Where no zone is known of one, it counts for each.
/// </summary>
internal sealed class ClassicReach(IResourceStore store, HealthReader health, InstanceZones zones) : IReachedLoadBalancers
{
    public IEnumerable<ReachedLoadBalancer> WithSeveralAddresses() => store.Current.LoadBalancers.All
        .Where(loadBalancer => loadBalancer.SubnetAddresses.Count > 0 && loadBalancer.Addresses.Named.Skip(1).Any())
        .Select(Tell);

    private ReachedLoadBalancer Tell(LoadBalancer loadBalancer)
    {
        var inService = loadBalancer.Instances.Zip(health.Read(loadBalancer))
            .Where(each => each.Second.State == InstanceState.InService)
            .Select(each => zones.Of(each.First)).ToList();
        string? WhyNot(string? zone) =>
            loadBalancer.Attributes.CrossZoneLoadBalancing || zone is null
                ? inService.Count > 0 ? null : "No instance is in service."
                : inService.Any(other => other is null || other == zone) ? null : $"No instance in {zone} is in service.";

        return new(
            loadBalancer.Key.ToId(),
            [.. loadBalancer.Addresses.Zoned.Select(each => new ReachedAddress(each.Address, WhyNot(each.Zone)))]);
    }
}
