using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Updating;

/// <summary>
/// What a running process must be told to get from one plan of its load balancers to another that differs only in what can change at run
/// time.
/// </summary>
/// <param name="threads">The process's.</param>
/// <param name="render">What is written for it.</param>
internal sealed class RuntimeChanges(int threads, Rendering render)
{
    /// <summary>What is written of a load balancer for the process.</summary>
    public Rendering Render { get; } = render;

    /// <summary>Frontends that accept no more.</summary>
    public List<string> ClosedListeners { get; } = [];

    /// <summary>Frontends that show another certificate.</summary>
    public List<(string Listener, string CertificateId)> Certificates { get; } = [];

    /// <summary>Frontends that have a further certificate.</summary>
    public List<(string Listener, string CertificateId)> NamedCertificates { get; } = [];

    /// <summary>Frontends that have one of their further certificates no more.</summary>
    public List<(string Listener, string CertificateId)> UnnamedCertificates { get; } = [];

    /// <summary>Lists of what is drawn for a pool that have another range, with the one before.</summary>
    public List<(string List, string Before, string After)> Weights { get; } = [];

    /// <summary>What rules are found by, in the order in which it is replaced.</summary>
    public List<RuleMap> Maps { get; } = [];

    public MemberChanges Members { get; } = new();

    public int Count =>
        ClosedListeners.Count + Certificates.Count + NamedCertificates.Count + UnnamedCertificates.Count + Weights.Count + Maps.Count
        + Members.Count;

    /// <summary>
    /// Takes up what changes from <paramref name="served"/> to <paramref name="next"/>; a load balancer that goes away has no next.
    /// </summary>
    public void Collect(PlannedLoadBalancer served, PlannedLoadBalancer? next)
    {
        ClosedListeners.AddRange(served.Listeners
            .Where(listener => next is null || next.Listeners.All(other => other.Port != listener.Port))
            .SelectMany(listener => LogSlot.Frontends(served, listener.Port, threads)));
        foreach (var listener in served.Listeners)
        {
            if (listener.Tls is { } before && next?.Listeners.FirstOrDefault(other => other.Port == listener.Port)?.Tls is { } after)
            {
                Collect(ProxyName.OfListener(served.Id, listener.Port), before, after);
            }
        }

        Weights.AddRange(next is null ? [] : PoolWeights.Changes(served, next));
        if (next?.Listeners.Any(after => served.Listeners.Any(
            before => before.Port == after.Port && before.Rules != after.Rules)) == true)
        {
            Maps.AddRange(RuleMaps.Steps(Render(served), Render(next)) ?? []);
        }

        Members.Collect(served, next);
    }

    private void Collect(string listener, PlannedTls before, PlannedTls after)
    {
        if (after.CertificateId != before.CertificateId)
        {
            Certificates.Add((listener, after.CertificateId));
        }

        var (old, named) = (before.NamedCertificateIds ?? [], after.NamedCertificateIds ?? []);
        NamedCertificates.AddRange(named.Except(old).Select(id => (listener, id)));
        UnnamedCertificates.AddRange(old.Except(named).Select(id => (listener, id)));
    }
}
