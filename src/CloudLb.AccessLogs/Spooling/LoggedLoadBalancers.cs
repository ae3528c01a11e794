using CloudLb.AccessLogs.Delivery;
using CloudLb.Core;
using CloudLb.Core.AccessLogs;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.AccessLogs.Spooling;

/// <summary>
/// The load balancers whose access log is on, and goes to a bucket that their account may write to. One whose log was switched off is still
/// known for a while, since what was logged before is read a moment later.
/// </summary>
internal sealed class LoggedLoadBalancers(IEnumerable<ILoggedLoadBalancers> apis, BucketOwners owners, TimeProvider clock)
{
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(LoadBalancerId, LogKind), (LoggedLoadBalancer LoadBalancer, TimeSpan Until)> _former = [];
    private Dictionary<(LoadBalancerId, LogKind), LoggedLoadBalancer> _current = [];
    private List<object> _seen = [];
    private volatile IReadOnlyList<LoggedLoadBalancer> _withChecks = [];

    /// <summary>Those whose checks are logged. Safe to call from any thread.</summary>
    public IReadOnlyList<LoggedLoadBalancer> WithChecks => _withChecks;

    /// <summary>Takes up what the APIs have now.</summary>
    public void Refresh()
    {
        var now = clock.GetSteadyTime();
        foreach (var (key, _) in _former.Where(pair => pair.Value.Until < now).ToList())
        {
            _former.Remove(key);
        }

        List<object> versions = [.. apis.Select(api => api.Version)];
        if (versions.SequenceEqual(_seen, ReferenceEqualityComparer.Instance))
        {
            return;
        }

        var next = apis.SelectMany(api => api.Read()).Where(owners.IsLogged)
            .ToDictionary(loadBalancer => (loadBalancer.Id, loadBalancer.AccessLog.Kind));
        foreach (var (key, loadBalancer) in _current.Where(pair => !next.ContainsKey(pair.Key)))
        {
            _former[key] = (loadBalancer, now + Memory);
        }

        (_current, _seen) = (next, versions);
        _withChecks = [.. next.Values.Where(loadBalancer => loadBalancer.AccessLog.Kind == LogKind.HealthChecks)];
    }

    /// <summary>Null when it is not logged.</summary>
    public LoggedLoadBalancer? Find(LoadBalancerId id, LogKind kind) =>
        _current.GetValueOrDefault((id, kind)) ?? _former.GetValueOrDefault((id, kind)).LoadBalancer;
}
