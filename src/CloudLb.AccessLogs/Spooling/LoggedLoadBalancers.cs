using CloudLb.AccessLogs.Delivery;
using CloudLb.Core;
using CloudLb.Core.LoadBalancers;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.AccessLogs.Spooling;

/// <summary>
/// The load balancers whose access log is on, and goes to a bucket that their account may write to. One whose log was switched off is still known
/// for a while, since what was logged before is read a moment later.
/// </summary>
internal sealed class LoggedLoadBalancers(IResourceStore store, BucketOwners owners, TimeProvider clock)
{
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);

    private readonly Dictionary<LoadBalancerId, (LoadBalancer LoadBalancer, TimeSpan Until)> _former = [];
    private Dictionary<LoadBalancerId, LoadBalancer> _current = [];
    private ResourceCollection<LoadBalancerKey, LoadBalancer>? _seen;

    /// <summary>Takes up what the store has now.</summary>
    public void Refresh()
    {
        var now = clock.GetSteadyTime();
        foreach (var (key, _) in _former.Where(pair => pair.Value.Until < now).ToList())
        {
            _former.Remove(key);
        }

        var loadBalancers = store.Current.LoadBalancers;
        if (ReferenceEquals(loadBalancers, _seen))
        {
            return;
        }

        var next = loadBalancers.All.Where(owners.IsLogged).ToDictionary(loadBalancer => loadBalancer.Key.ToId());
        foreach (var (key, loadBalancer) in _current.Where(pair => !next.ContainsKey(pair.Key)))
        {
            _former[key] = (loadBalancer, now + Memory);
        }

        (_current, _seen) = (next, loadBalancers);
    }

    /// <summary>Null when it is not logged; otherwise its attribute is set.</summary>
    public LoadBalancer? Find(LoadBalancerId id) => _current.GetValueOrDefault(id) ?? _former.GetValueOrDefault(id).LoadBalancer;
}
