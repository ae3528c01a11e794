using CloudLb.Core;
using CloudLb.Core.Accounts;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Applied;

/// <summary>From the plan to what is written, and back. Enumerations are matched by name, so that the plan may number its own anew.</summary>
internal static class AppliedMapping
{
    public static AppliedLoadBalancer ToApplied(this PlannedLoadBalancer loadBalancer) => new()
    {
        Key = ToApplied(loadBalancer.Id),
        Address = loadBalancer.Address,
        Listeners = [.. loadBalancer.Listeners.Select(ToApplied)],
        Pools = [.. loadBalancer.Pools.Select(ToApplied)],
        HealthPool = loadBalancer.HealthPool,
        IsLogged = loadBalancer.IsLogged,
    };

    public static PlannedLoadBalancer ToPlan(this AppliedLoadBalancer loadBalancer) => new()
    {
        Id = ToPlan(loadBalancer.Key),
        Address = loadBalancer.Address,
        Listeners = loadBalancer.Listeners.Select(ToPlan).ToEquatableArray(),
        Pools = loadBalancer.Pools.Select(ToPlan).ToEquatableArray(),
        HealthPool = loadBalancer.HealthPool,
        IsLogged = loadBalancer.IsLogged,
    };

    private static AppliedKey ToApplied(LoadBalancerId id) =>
        new(id.Account.ToString(), id.Region, id.Name) { Kind = id.Kind == ProxyName.PlainKind ? null : id.Kind };

    private static LoadBalancerId ToPlan(AppliedKey key) => new(key.Kind ?? ProxyName.PlainKind, new AccountId(key.Account), key.Region, key.Name);

    private static AppliedListener ToApplied(PlannedListener listener) => new()
    {
        Port = listener.Port,
        Mode = Named<AppliedMode>(listener.Mode),
        Tls = listener.Tls is { } tls
            ? new()
            {
                CertificateId = tls.CertificateId,
                Versions = [.. tls.Versions.Select(version => Named<AppliedTlsVersion>(version))],
                Ciphers = [.. tls.Ciphers],
                IsServerOrder = tls.IsServerOrder,
            }
            : null,
        Pool = listener.Pool,
        IdleTimeout = listener.IdleTimeout,
        DesyncMitigation = Named<AppliedDesyncMitigation>(listener.DesyncMitigation),
        AllowedSources = listener.AllowedSources is { } sources ? [.. sources] : null,
    };

    private static PlannedListener ToPlan(AppliedListener listener) => new()
    {
        Port = listener.Port,
        Mode = Named<TrafficMode>(listener.Mode),
        Tls = listener.Tls is { } tls
            ? new()
            {
                CertificateId = tls.CertificateId,
                Versions = tls.Versions.Select(version => Named<TlsVersion>(version)).ToEquatableArray(),
                Ciphers = tls.Ciphers.ToEquatableArray(),
                IsServerOrder = tls.IsServerOrder,
            }
            : null,
        Pool = listener.Pool,
        IdleTimeout = listener.IdleTimeout,
        DesyncMitigation = Named<DesyncMitigation>(listener.DesyncMitigation),
        AllowedSources = listener.AllowedSources?.ToEquatableArray(),
    };

    private static AppliedPool ToApplied(PlannedPool pool) => new()
    {
        Name = pool.Name,
        Mode = Named<AppliedMode>(pool.Mode),
        IdleTimeout = pool.IdleTimeout,
        Probe = new()
        {
            Protocol = Named<AppliedProbeProtocol>(pool.Probe.Protocol),
            Port = pool.Probe.Port,
            Path = pool.Probe.Path,
            Interval = pool.Probe.Interval,
            Timeout = pool.Probe.Timeout,
            Rise = pool.Probe.Rise,
            Fall = pool.Probe.Fall,
        },
        Stickiness = pool.Stickiness is var (key, seconds, cookie) ? new(key, seconds, cookie) : null,
        IsProxyProtocolOn = pool.IsProxyProtocolOn,
        AcceptedKeys = pool.AcceptedKeys is { } keys ? [.. keys] : null,
        MaxConnectionsPerMember = pool.MaxConnectionsPerMember,
        IsClosedOnFailure = pool.IsClosedOnFailure,
        Members = [.. pool.Members.Select(ToApplied)],
    };

    private static PlannedPool ToPlan(AppliedPool pool) => new()
    {
        Name = pool.Name,
        Mode = Named<TrafficMode>(pool.Mode),
        IdleTimeout = pool.IdleTimeout,
        Probe = new()
        {
            Protocol = Named<ProbeProtocol>(pool.Probe.Protocol),
            Port = pool.Probe.Port,
            Path = pool.Probe.Path,
            Interval = pool.Probe.Interval,
            Timeout = pool.Probe.Timeout,
            Rise = pool.Probe.Rise,
            Fall = pool.Probe.Fall,
        },
        Stickiness = pool.Stickiness is var (key, seconds, cookie) ? new(key, seconds, cookie) : null,
        IsProxyProtocolOn = pool.IsProxyProtocolOn,
        AcceptedKeys = pool.AcceptedKeys?.ToEquatableArray(),
        MaxConnectionsPerMember = pool.MaxConnectionsPerMember,
        IsClosedOnFailure = pool.IsClosedOnFailure,
        Members = pool.Members.Select(ToPlan).ToEquatableArray(),
    };

    private static AppliedMember ToApplied(PlannedMember member) => new()
    {
        InstanceId = member.InstanceId,
        Address = member.Address,
        Port = member.Port,
        IsSecure = member.IsSecure,
        Certificate = member.Certificate is var (fingerprint, key, anchor)
            ? new(fingerprint, key, anchor is var (id, pem) ? new(id, pem) : null)
            : null,
        Weight = member.Weight,
        DrainingUntil = member.DrainingUntil,
    };

    private static PlannedMember ToPlan(AppliedMember member) => new()
    {
        InstanceId = member.InstanceId,
        Address = member.Address,
        Port = member.Port,
        IsSecure = member.IsSecure,
        Certificate = member.Certificate is var (fingerprint, key, anchor)
            ? new(fingerprint, key, anchor is var (id, pem) ? new(id, pem) : null)
            : null,
        Weight = member.Weight,
        DrainingUntil = member.DrainingUntil,
    };

    private static T Named<T>(Enum value) where T : struct, Enum => Enum.Parse<T>(value.ToString());
}
