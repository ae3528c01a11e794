using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Counters;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Health;

namespace CloudLb.Elb.Metrics;

/// <summary>
/// Reads the figures of all load balancers. The instruments of one reading share one sample: each is given it once, and whoever asks again
/// has the next.
/// </summary>
/// <param name="instruments">How many share it.</param>
internal sealed class LoadBalancerSamples(
    IResourceStore store, HealthReader health, InstanceZones zones, ITrafficCounters counters, TimeProvider clock, int instruments)
{
    /// <summary>A reading that was broken off leaves a sample that nobody ought to see later.</summary>
    private static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly HashSet<string> _givenTo = [];
    private IReadOnlyList<LoadBalancerSample>? _current;
    private long _readAt;

    public IReadOnlyList<LoadBalancerSample> For(string instrument)
    {
        lock (_lock)
        {
            if (_current is null || !_givenTo.Add(instrument) || clock.GetElapsedTime(_readAt) > LongestReading)
            {
                (_current, _readAt) = (Read(), clock.GetTimestamp());
                _givenTo.Clear();
                _givenTo.Add(instrument);
            }

            var given = _current;
            if (_givenTo.Count == instruments)
            {
                // Nothing of ten thousand load balancers stays until the next reading.
                _current = null;
            }

            return given;
        }
    }

    private List<LoadBalancerSample> Read() =>
        [.. store.Current.LoadBalancers.All.Select(loadBalancer => Read(loadBalancer, counters.TrafficOf(loadBalancer.Key.ToId())))];

    private LoadBalancerSample Read(LoadBalancer loadBalancer, LoadBalancerTraffic? traffic)
    {
        var hosts = new SortedList<string, (int Healthy, int Unhealthy)>(StringComparer.Ordinal);
        foreach (var zone in traffic?.Zones ?? [])
        {
            hosts[zone] = default;
        }

        var states = health.Read(loadBalancer);
        for (var index = 0; index < states.Count; index++)
        {
            var zone = zones.Of(loadBalancer.Instances[index]) ?? "";
            hosts.TryGetValue(zone, out var known);
            hosts[zone] = states[index].State == InstanceState.InService
                ? (known.Healthy + 1, known.Unhealthy)
                : (known.Healthy, known.Unhealthy + 1);
        }

        var (account, key) = (loadBalancer.Key.Account.ToString(), loadBalancer.Key);
        KeyValuePair<string, object?>[] In(string zone) =>
            [new("account", account), new("region", key.Region), new("load_balancer", key.Name), new("availability_zone", zone)];
        var samples = hosts.Select(zone => new ZoneSample(zone.Key, In(zone.Key), zone.Value.Healthy, zone.Value.Unhealthy));
        return new(traffic, In(""), [.. samples]);
    }
}
