using System.Diagnostics.Metrics;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Counters;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Health;
using CloudLb.ElbV2.Planning;

namespace CloudLb.ElbV2.Metrics;

/// <summary>Reads the figures of all load balancers of a type, labelled as CloudWatch has its dimensions. Answers from memory.</summary>
internal sealed class V2Samples(
    IResourceStore store, TargetHealthReader health, ITrafficCounters counters, IDatagramCounters datagrams, TargetAnomalies anomalies)
{
    /// <summary>A figure of each load balancer, whose traffic is null while it has had none.</summary>
    public IEnumerable<Measurement<long>> Read(LoadBalancerType type, Func<LoadBalancerTraffic?, long> value) =>
        Traffic(type).Select(each => new Measurement<long>(value(each.Traffic), Tags(each.LoadBalancer, "")));

    /// <summary>A figure of each load balancer's targets in each zone that has had traffic.</summary>
    public IEnumerable<Measurement<T>> ReadZones<T>(LoadBalancerType type, Func<LoadBalancerTraffic, string, T> value)
        where T : struct => Traffic(type).SelectMany(each => (each.Traffic?.Zones ?? [])
            .Order(StringComparer.Ordinal)
            .Select(zone => new Measurement<T>(value(each.Traffic!, zone), Tags(each.LoadBalancer, zone))));

    /// <summary>A figure of each network load balancer's datagrams, which is 0 while it carries none.</summary>
    public IEnumerable<Measurement<long>> ReadDatagrams(Func<DatagramTraffic, long> value)
    {
        var traffic = datagrams.Traffic.ToDictionary(each => each.Id);
        return Of(store.Current, LoadBalancerType.Network).Select(loadBalancer => new Measurement<long>(
            traffic.GetValueOrDefault(loadBalancer.ToId()) is { } carried ? value(carried) : 0, Tags(loadBalancer, "")));
    }

    /// <summary>How many targets of each target group that listeners name are healthy, or are not.</summary>
    public IEnumerable<Measurement<long>> ReadHosts(LoadBalancerType type, bool areHealthy) => ReadGroups(
        type,
        (snapshot, group, ids) => health.Read(snapshot, group, ids).Count(state => state == TargetState.Healthy == areHealthy));

    /// <summary>How many targets of each target group of application load balancers are anomalous, or are given less for it.</summary>
    public IEnumerable<Measurement<long>> ReadAnomalies(bool areMitigated) => ReadGroups(
        LoadBalancerType.Application,
        (_, group, ids) => ids.Count(
            id => areMitigated ? anomalies.IsMitigated(group.Arn, id) : anomalies.IsAnomalous(group.Arn, id)));

    private IEnumerable<Measurement<long>> ReadGroups(
        LoadBalancerType type, Func<Snapshot, TargetGroup, IReadOnlyList<TargetId>, int> count)
    {
        var snapshot = store.Current;
        foreach (var loadBalancer in Of(snapshot, type))
        {
            var groups = snapshot.Listeners.Of(loadBalancer.Arn).After(null).SelectMany(listener => listener.TargetGroups).Distinct();
            foreach (var group in groups.Select(snapshot.TargetGroups.Find).OfType<TargetGroup>())
            {
                yield return new(
                    count(snapshot, group, [.. group.Targets.Select(target => new TargetId(target.Id, target.Port))]),
                    [.. Tags(loadBalancer, ""), new("target_group", $"targetgroup/{group.Arn.Path}")]);
            }
        }
    }

    private IEnumerable<(LoadBalancer LoadBalancer, LoadBalancerTraffic? Traffic)> Traffic(LoadBalancerType type) =>
        Of(store.Current, type).Select(loadBalancer => (loadBalancer, counters.TrafficOf(loadBalancer.ToId())));

    private static IEnumerable<LoadBalancer> Of(Snapshot snapshot, LoadBalancerType type) =>
        snapshot.V2LoadBalancers.All.Where(loadBalancer => loadBalancer.Type == type);

    private static KeyValuePair<string, object?>[] Tags(LoadBalancer loadBalancer, string zone)
    {
        var id = loadBalancer.ToId();
        return
        [
            new("account", id.Account.ToString()), new("region", id.Region), new("load_balancer", loadBalancer.Arn.Path),
            new("availability_zone", zone),
        ];
    }
}
