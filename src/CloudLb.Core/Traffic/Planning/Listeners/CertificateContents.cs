using System.Collections.Frozen;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;

namespace CloudLb.Core.Traffic.Planning;

/// <summary>
/// Has a plan name certificates by what they are now, so that one that was imported again is another to whoever serves it. Called by the
/// reconciler alone.
/// </summary>
/// <remarks>Costs nothing while no certificate was imported again. A load balancer that stays the same stays the same object.</remarks>
public sealed class CertificateContents(IResourceStore store)
{
    private ResourceCollection<string, ServerCertificate>? _seen;
    private FrozenDictionary<string, string> _contents = FrozenDictionary<string, string>.Empty;
    private Dictionary<PlannedLoadBalancer, PlannedLoadBalancer> _made = new(ReferenceEqualityComparer.Instance);

    public TrafficPlan NamedIn(TrafficPlan plan)
    {
        Look();
        if (_contents.Count == 0)
        {
            return plan;
        }

        var made = new Dictionary<PlannedLoadBalancer, PlannedLoadBalancer>(ReferenceEqualityComparer.Instance);
        var named = plan.LoadBalancers.Select(planned =>
        {
            if (!planned.Listeners.Any(listener => listener.Tls is { } tls && IsNamedAnew(tls)))
            {
                return planned;
            }

            made[planned] = _made.GetValueOrDefault(planned) ?? Named(planned);
            return made[planned];
        }).ToEquatableArray();
        _made = made;
        return new(named);
    }

    private void Look()
    {
        var certificates = store.Current.Certificates;
        if (ReferenceEquals(certificates, _seen))
        {
            return;
        }

        _seen = certificates;
        _contents = certificates.All
            .Where(certificate => certificate.Generation > 0)
            .ToFrozenDictionary(certificate => certificate.Id, certificate => certificate.ContentId);
        _made = new(ReferenceEqualityComparer.Instance);
    }

    private bool IsNamedAnew(PlannedTls tls) =>
        _contents.ContainsKey(tls.CertificateId) || tls.NamedCertificateIds?.Any(_contents.ContainsKey) == true;

    private PlannedLoadBalancer Named(PlannedLoadBalancer planned) => planned with
    {
        Listeners = planned.Listeners
            .Select(listener => listener.Tls is { } tls && IsNamedAnew(tls) ? listener with { Tls = Named(tls) } : listener)
            .ToEquatableArray(),
    };

    private PlannedTls Named(PlannedTls tls) => tls with
    {
        CertificateId = ContentOf(tls.CertificateId),
        NamedCertificateIds = tls.NamedCertificateIds?.Select(ContentOf).ToEquatableArray(),
    };

    private string ContentOf(string id) => _contents.GetValueOrDefault(id, id);
}
