using CloudLb.Core.Traffic.Counters;

namespace CloudLb.Elb.Metrics;

/// <summary>One load balancer's figures at one moment.</summary>
/// <param name="Traffic">Null while it has had none.</param>
/// <param name="Tags">Account, region and name, and an empty zone.</param>
/// <param name="Zones">Those of its instances, and those that have had traffic.</param>
internal sealed record LoadBalancerSample(
    LoadBalancerTraffic? Traffic, KeyValuePair<string, object?>[] Tags, IReadOnlyList<ZoneSample> Zones);
