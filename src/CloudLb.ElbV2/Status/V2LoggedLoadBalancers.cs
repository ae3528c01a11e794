using CloudLb.Core;
using CloudLb.Core.AccessLogs;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Planning;

namespace CloudLb.ElbV2.Status;

/// <summary>The application load balancers whose access log is on.</summary>
internal sealed class V2LoggedLoadBalancers(IResourceStore store) : ILoggedLoadBalancers
{
    private readonly Lock _lock = new();
    private (object LoadBalancers, object Listeners, object Version)? _seen;

    public object Version
    {
        get
        {
            var (loadBalancers, listeners) = (store.Current.V2LoadBalancers, store.Current.Listeners);
            lock (_lock)
            {
                if (_seen is not { } seen
                    || !ReferenceEquals(seen.LoadBalancers, loadBalancers) || !ReferenceEquals(seen.Listeners, listeners))
                {
                    _seen = (loadBalancers, listeners, new());
                }

                return _seen.Value.Version;
            }
        }
    }

    public IEnumerable<LoggedLoadBalancer> Read()
    {
        var snapshot = store.Current;
        return snapshot.V2LoadBalancers.All
            .Select(loadBalancer => (loadBalancer, log: LogAttributes.AccessLogOf(loadBalancer)))
            .Where(each => each.log is not null)
            .Select(each => Of(snapshot, each.loadBalancer, each.log!));
    }

    private static LoggedLoadBalancer Of(Snapshot snapshot, LoadBalancer loadBalancer, AccessLog log)
    {
        var listeners = snapshot.Listeners.Of(loadBalancer.Arn).After(null).ToList();
        return new(loadBalancer.ToId(), log, loadBalancer.DnsName, loadBalancer.Address, Secure(listeners))
        {
            Application = new(
                loadBalancer.Arn.Path,
                listeners.SelectMany(listener => listener.TargetGroups).Distinct()
                    .ToDictionary(PoolNames.Of, group => group.ToString()),
                Certificates(snapshot, listeners)),
        };
    }

    /// <summary>Of listeners that have one alone: which of several a client was shown HAProxy does not tell.</summary>
    private static Dictionary<int, string> Certificates(Snapshot snapshot, IEnumerable<Listener> listeners) => listeners
        .Where(listener => listener.Tls is { NamedCertificateIds.Count: 0 })
        .Select(listener => (listener.Port, snapshot.Certificates.Find(listener.Tls!.CertificateId)?.Arn))
        .Where(each => each.Arn is not null)
        .ToDictionary(each => each.Port, each => each.Arn!);

    private static EquatableArray<int> Secure(IEnumerable<Listener> listeners) => listeners
        .Where(listener => listener.Protocol == Protocol.HTTPS).Select(listener => listener.Port).ToEquatableArray();
}
