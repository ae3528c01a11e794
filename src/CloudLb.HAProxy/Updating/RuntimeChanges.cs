using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Updating;

/// <summary>
/// What a running process must be told to get from one plan of its load balancers to another that differs only in what can change at run
/// time.
/// </summary>
/// <param name="threads">The process's.</param>
internal sealed class RuntimeChanges(int threads = 1)
{
    /// <summary>Frontends that accept no more.</summary>
    public List<string> ClosedListeners { get; } = [];

    /// <summary>Frontends that show another certificate.</summary>
    public List<(string Listener, string CertificateId)> Certificates { get; } = [];

    public MemberChanges Members { get; } = new();

    public int Count => ClosedListeners.Count + Certificates.Count + Members.Count;

    /// <summary>
    /// Takes up what changes from <paramref name="served"/> to <paramref name="next"/>; a load balancer that goes away has no next.
    /// </summary>
    public void Collect(PlannedLoadBalancer served, PlannedLoadBalancer? next)
    {
        ClosedListeners.AddRange(served.Listeners
            .Where(listener => next is null || next.Listeners.All(other => other.Port != listener.Port))
            .SelectMany(listener => LogSlot.Frontends(served, listener.Port, threads)));
        Certificates.AddRange(served.Listeners
            .Join(next?.Listeners ?? [], listener => listener.Port, other => other.Port, (before, after) => (before, after))
            .Where(pair => pair.after.Tls is { } tls && tls.CertificateId != pair.before.Tls?.CertificateId)
            .Select(pair => (ProxyName.OfListener(served.Id, pair.after.Port), pair.after.Tls!.CertificateId)));
        Members.Collect(served, next);
    }
}
