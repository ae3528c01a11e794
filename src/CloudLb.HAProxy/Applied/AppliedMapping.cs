using CloudLb.Core;
using CloudLb.Core.Accounts;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Pinning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Applied;

/// <summary>
/// From the plan to what is written, and back. Enumerations are matched by name, so that the plan may number its own anew.
/// </summary>
internal static class AppliedMapping
{
    public static AppliedLoadBalancer ToApplied(this PlannedLoadBalancer loadBalancer) => new()
    {
        Key = ToApplied(loadBalancer.Id),
        Address = loadBalancer.Addresses[0],
        MoreAddresses = loadBalancer.Addresses.Count > 1 ? [.. loadBalancer.Addresses.Skip(1)] : null,
        Zones = loadBalancer.Zones.Count > 0
            ? [.. loadBalancer.Zones.Select(zone => new AppliedZone(zone.Name, [.. zone.Addresses]))]
            : null,
        Listeners = [.. loadBalancer.Listeners.Select(ToApplied)],
        Pools = [.. loadBalancer.Pools.Select(ToApplied)],
        HealthPool = loadBalancer.HealthPool,
        Answers = ToApplied(loadBalancer.Answers),
        IsLogged = loadBalancer.IsLogged,
        AreConnectionsLogged = loadBalancer.AreConnectionsLogged,
        Template = loadBalancer.Template,
        HostNames = loadBalancer.HostNames.Count > 0 ? [.. loadBalancer.HostNames] : null,
    };

    public static PlannedLoadBalancer ToPlan(this AppliedLoadBalancer loadBalancer) => new()
    {
        Id = ToPlan(loadBalancer.Key),
        Addresses = [loadBalancer.Address, .. loadBalancer.MoreAddresses ?? []],
        Zones = (loadBalancer.Zones ?? [])
            .Select(zone => new PlannedZone(zone.Name, zone.Addresses.ToEquatableArray())).ToEquatableArray(),
        Listeners = loadBalancer.Listeners.Select(ToPlan).ToEquatableArray(),
        Pools = loadBalancer.Pools.Select(ToPlan).ToEquatableArray(),
        HealthPool = loadBalancer.HealthPool,
        Answers = loadBalancer.Answers is { } answers ? ToPlan(answers) : AppliedDefaults.Answers,
        IsLogged = loadBalancer.IsLogged,
        AreConnectionsLogged = loadBalancer.AreConnectionsLogged,
        Template = loadBalancer.Template,
        HostNames = (loadBalancer.HostNames ?? []).ToEquatableArray(),
    };

    private static AppliedKey ToApplied(LoadBalancerId id) =>
        new(id.Account.ToString(), id.Region, id.Name) { Kind = id.Kind == ProxyName.PlainKind ? null : id.Kind };

    private static LoadBalancerId ToPlan(AppliedKey key) =>
        new(key.Kind ?? ProxyName.PlainKind, new AccountId(key.Account), key.Region, key.Name);

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
                NamedCertificateIds = tls.NamedCertificateIds is { } named ? [.. named] : null,
                CipherSuites = tls.CipherSuites.Count > 0 ? [.. tls.CipherSuites] : null,
                Alpn = tls.Alpn == AppliedDefaults.Alpn(listener.Mode) ? null : [.. tls.Alpn],
                ClientAuthentication = tls.ClientAuthentication is var (store, ignores, names, hasRevocations)
                    ? new(store, ignores, names, hasRevocations)
                    : null,
            }
            : null,
        Pool = Carried.OnlyPoolOf(listener) ?? "",
        Action = Carried.OnlyPoolOf(listener) is null ? listener.DefaultAction.ToApplied() : null,
        Rules = listener.Rules.Count > 0 ? [.. listener.Rules.Select(rule => rule.ToApplied())] : null,
        IsTraced = listener.Http is { IsTraced: true },
        Heads = listener.Http?.ToHeads(),
        IdleTimeout = listener.IdleTimeout,
        DesyncMitigation = Named<AppliedDesyncMitigation>(listener.Http?.DesyncMitigation ?? DesyncMitigation.Defensive),
        AllowedSources = listener.AllowedSources is { } sources ? [.. sources] : null,
        IsTarget = listener.IsTarget,
        SharedAt = listener.SharedAt,
        NotAt = listener.NotAt.Count > 0 ? [.. listener.NotAt] : null,
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
                NamedCertificateIds = tls.NamedCertificateIds?.ToEquatableArray(),
                CipherSuites = tls.CipherSuites?.ToEquatableArray() ?? [],
                Alpn = tls.Alpn?.ToEquatableArray() ?? AppliedDefaults.Alpn(Named<TrafficMode>(listener.Mode)),
                ClientAuthentication = tls.ClientAuthentication is var (store, ignores, names, hasRevocations)
                    ? new(store, ignores, names, hasRevocations)
                    : null,
            }
            : null,
        Http = listener.Mode == AppliedMode.Http
            ? new PlannedHttp { DesyncMitigation = Named<DesyncMitigation>(listener.DesyncMitigation), IsTraced = listener.IsTraced }
                .With(listener.Heads)
            : null,
        Rules = listener.Rules?.Select(rule => rule.ToPlan()).ToEquatableArray() ?? [],
        DefaultAction = listener.Action?.ToPlan() ?? PlannedAction.Forward.To(listener.Pool),
        IdleTimeout = listener.IdleTimeout,
        AllowedSources = listener.AllowedSources?.ToEquatableArray(),
        IsTarget = listener.IsTarget,
        SharedAt = listener.SharedAt,
        NotAt = (listener.NotAt ?? []).ToEquatableArray(),
    };

    private static AppliedPool ToApplied(PlannedPool pool) => new()
    {
        Name = pool.Name,
        Mode = Named<AppliedMode>(pool.Mode),
        Balance = pool.Balance == BalanceLines.UsualOf(pool.Mode) ? null : Named<AppliedBalance>(pool.Balance),
        MemberPort = pool.MemberPort,
        HasMemberPorts = pool.MemberPort is null,
        IdleTimeout = pool.IdleTimeout,
        Probe = new()
        {
            Protocol = Named<AppliedProbeProtocol>(pool.Probe.Protocol),
            Port = pool.Probe.Port ?? 0,
            Path = pool.Probe.Path,
            Statuses = pool.Probe.Statuses == AppliedDefaults.Statuses ? null : [.. pool.Probe.Statuses],
            IsHttp2 = pool.Probe.IsHttp2,
            GrpcStatuses = pool.Probe.GrpcStatuses is { } grpc ? [.. grpc] : null,
            UserAgent = pool.Probe.UserAgent == AppliedDefaults.UserAgent ? null : pool.Probe.UserAgent,
            Interval = pool.Probe.Interval,
            Timeout = pool.Probe.Timeout,
            Rise = pool.Probe.Rise,
            Fall = pool.Probe.Fall,
        },
        Stickiness = pool.Stickiness is { } stickiness ? ToApplied(stickiness) : null,
        IsProxyProtocolOn = pool.ProxyProtocol != ProxyProtocol.None,
        IsProxyProtocol2 = pool.ProxyProtocol == ProxyProtocol.Version2,
        KeepsClientAddress = pool.KeepsClientAddress,
        AcceptedKeys = pool.AcceptedKeys is { } keys ? [.. keys] : null,
        MaxConnectionsPerMember = pool.MaxConnectionsPerMember,
        IsClosedOnFailure = pool.IsClosedOnFailure,
        DrainsWhenRemoved = pool.DrainsWhenRemoved,
        FailsOpenBelow = pool.FailsOpenBelow,
        FailsOpenBelowPercent = pool.FailsOpenBelowPercent,
        IsByZone = pool.IsByZone,
        IsUnchecked = !pool.IsChecked,
        LoadBalancer = pool.LoadBalancer?.Address,
        LoadBalancerPort = pool.LoadBalancer?.Port ?? 0,
        SlowStart = pool.SlowStart > TimeSpan.Zero ? pool.SlowStart : null,
        IsHttp2Secure = pool.IsHttp2Secure,
        MemberProtocol = pool.MemberProtocol == MemberProtocol.Http1 ? null : pool.MemberProtocol.ToString(),
        Members = [.. pool.Members.Select(ToApplied)],
    };

    private static PlannedPool ToPlan(AppliedPool pool) => new()
    {
        Name = pool.Name,
        Mode = Named<TrafficMode>(pool.Mode),
        Balance = pool.Balance is { } balance ? Named<PoolBalance>(balance) : BalanceLines.UsualOf(Named<TrafficMode>(pool.Mode)),
        MemberPort = pool.HasMemberPorts ? null : pool.MemberPort ?? pool.Members.FirstOrDefault()?.Port ?? 0,
        IdleTimeout = pool.IdleTimeout,
        Probe = new()
        {
            Protocol = Named<ProbeProtocol>(pool.Probe.Protocol),
            Port = pool.Probe.Port is > 0 and var port ? port : null,
            Path = pool.Probe.Path,
            Statuses = pool.Probe.Statuses?.ToEquatableArray() ?? AppliedDefaults.Statuses,
            IsHttp2 = pool.Probe.IsHttp2,
            GrpcStatuses = pool.Probe.GrpcStatuses?.ToEquatableArray(),
            UserAgent = pool.Probe.UserAgent ?? AppliedDefaults.UserAgent,
            Interval = pool.Probe.Interval,
            Timeout = pool.Probe.Timeout,
            Rise = pool.Probe.Rise,
            Fall = pool.Probe.Fall,
            IsOfLoadBalancer = pool.LoadBalancer is not null,
        },
        Stickiness = pool.Stickiness is { } stickiness ? ToPlan(stickiness) : null,
        ProxyProtocol = !pool.IsProxyProtocolOn
            ? ProxyProtocol.None
            : pool.IsProxyProtocol2
            ? ProxyProtocol.Version2
            : ProxyProtocol.Version1,
        KeepsClientAddress = pool.KeepsClientAddress,
        AcceptedKeys = pool.AcceptedKeys?.ToEquatableArray(),
        MaxConnectionsPerMember = pool.MaxConnectionsPerMember,
        IsClosedOnFailure = pool.IsClosedOnFailure,
        DrainsWhenRemoved = pool.DrainsWhenRemoved,
        FailsOpenBelow = pool.FailsOpenBelow,
        FailsOpenBelowPercent = pool.FailsOpenBelowPercent,
        IsByZone = pool.IsByZone,
        IsChecked = !pool.IsUnchecked,
        LoadBalancer = pool.LoadBalancer is { } place ? new(place, pool.LoadBalancerPort) : null,
        SlowStart = pool.SlowStart ?? TimeSpan.Zero,
        IsHttp2Secure = pool.IsHttp2Secure,
        MemberProtocol = pool.MemberProtocol is { } protocol ? Enum.Parse<MemberProtocol>(protocol) : MemberProtocol.Http1,
        Members = pool.Members.Select(ToPlan).ToEquatableArray(),
    };

    private static AppliedAnswers? ToApplied(PlannedAnswers answers) => answers == AppliedDefaults.Answers
        ? null
        : new(
            answers.Style,
            [.. answers.Answers.Select(answer => new AppliedAnswer(answer.Status, answer.Reason, answer.ContentType, answer.Body))])
        {
            Server = answers.Server,
            BreaksAre502 = answers.BreaksAre502,
        };

    private static PlannedAnswers ToPlan(AppliedAnswers answers) => new(
        answers.Style,
        answers.Answers
            .Select(answer => new PlannedAnswer(answer.Status, answer.Reason, answer.ContentType, answer.Body))
            .ToEquatableArray(),
        answers.Server,
        answers.BreaksAre502);

    private static AppliedStickiness ToApplied(PlannedStickiness stickiness) =>
        new(stickiness.Key, stickiness.PeriodSeconds, stickiness.ApplicationCookie)
    {
        Cookies = new AppliedCookies(stickiness.Cookie, stickiness.CrossSiteCookie) is var cookies && cookies != AppliedDefaults.Cookies
            ? cookies
            : null,
        IsRenewed = stickiness.IsRenewed,
        EmptyCookies = stickiness.EmptyCookies.Count > 0 ? [.. stickiness.EmptyCookies] : null,
    };

    private static PlannedStickiness ToPlan(AppliedStickiness stickiness)
    {
        var cookies = stickiness.Cookies ?? AppliedDefaults.Cookies;
        return new(stickiness.Key, cookies.Cookie, cookies.CrossSiteCookie, stickiness.PeriodSeconds, stickiness.ApplicationCookie)
        {
            IsRenewed = stickiness.IsRenewed,
            EmptyCookies = stickiness.EmptyCookies?.ToEquatableArray() ?? [],
        };
    }

    private static AppliedMember ToApplied(PlannedMember member) => new()
    {
        InstanceId = member.Target,
        Address = member.Address,
        Port = member.Port,
        Zone = member.Zone,
        IsSecure = member.IsSecure,
        Certificate = PinnedMember.CertificateOf(member) is var (fingerprint, key, anchor)
            ? new(fingerprint, key, anchor is var (id, pem) ? new(id, pem) : null)
            : null,
        Weight = member.Weight,
        DrainingUntil = member.DrainingUntil,
    };

    private static PlannedMember ToPlan(AppliedMember member) =>
        PinnedMember.Of(Plain(member), member.Certificate is var (fingerprint, key, anchor)
        ? new(fingerprint, key, anchor is var (id, pem) ? new(id, pem) : null)
        : null);

    private static PlannedMember Plain(AppliedMember member) => new()
    {
        Target = member.InstanceId,
        Address = member.Address,
        Port = member.Port,
        Zone = member.Zone,
        IsSecure = member.IsSecure,
        Weight = member.Weight,
        DrainingUntil = member.DrainingUntil,
    };

    private static T Named<T>(Enum value) where T : struct, Enum => Enum.Parse<T>(value.ToString());
}
