using System.Collections.Frozen;
using System.Security.Cryptography.X509Certificates;
using CloudLb.Core;
using CloudLb.Core.AccessLogs;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Planning;

namespace CloudLb.ElbV2.Status;

/// <summary>The logs of load balancers that are on.</summary>
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
            .SelectMany(loadBalancer => LogAttributes.All(loadBalancer).Select(log => Of(snapshot, loadBalancer, log)));
    }

    private static LoggedLoadBalancer Of(Snapshot snapshot, LoadBalancer loadBalancer, AccessLog log)
    {
        var listeners = snapshot.Listeners.Of(loadBalancer.Arn).After(null).ToList();
        var groups = listeners.SelectMany(listener => listener.TargetGroups).Distinct().ToList();
        return new(loadBalancer.ToId(), log, loadBalancer.DnsName, loadBalancer.Address, Secure(listeners))
        {
            Application = loadBalancer.Type == LoadBalancerType.Application
                ? new(
                    loadBalancer.Arn.Path,
                    groups.ToDictionary(PoolNames.Of, group => group.ToString()),
                    Certificates(snapshot, listeners))
                {
                    GrpcPools = groups.Where(arn => snapshot.TargetGroups.Find(arn)?.ProtocolVersion == ProtocolVersion.GRPC)
                        .Select(PoolNames.Of).ToFrozenSet(),
                }
                : null,
            Network = loadBalancer.Type == LoadBalancerType.Network
                ? new(
                    loadBalancer.Arn.Path,
                    listeners.ToDictionary(listener => listener.Port, listener => listener.Arn.Path.Split('/')[^1]),
                    Certificates(snapshot, listeners))
                : null,
        };
    }

    private static LoggedCertificates Certificates(Snapshot snapshot, IEnumerable<Listener> listeners)
    {
        var secure = listeners
            .Where(listener => listener.Tls is not null)
            .ToLookup(listener => listener.Tls!.NamedCertificateIds.Count == 0);
        return new(
            secure[true]
                .Select(listener => (listener.Port, snapshot.Certificates.Find(listener.Tls!.CertificateId)?.Arn))
                .Where(each => each.Arn is not null)
                .ToDictionary(each => each.Port, each => each.Arn!),
            secure[false]
                .SelectMany(listener => listener.Tls!.NamedCertificateIds.Prepend(listener.Tls.CertificateId)).Distinct()
                .Select(snapshot.Certificates.Find).OfType<ServerCertificate>()
                .DistinctBy(Fingerprint).ToDictionary(Fingerprint, certificate => certificate.Arn));
    }

    private static string Fingerprint(ServerCertificate certificate)
    {
        using var parsed = X509Certificate2.CreateFromPem(certificate.Body);
        return parsed.Thumbprint;
    }

    private static EquatableArray<int> Secure(IEnumerable<Listener> listeners) => listeners
        .Where(listener => listener.Protocol == Protocol.HTTPS).Select(listener => listener.Port).ToEquatableArray();
}
