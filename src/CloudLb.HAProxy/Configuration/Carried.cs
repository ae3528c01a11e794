using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// What of a plan can be written for HAProxy here. Whatever else a plan can ask for is told, and never left out silently.
/// </summary>
internal static class Carried
{
    /// <summary>Null when the listener can be served; else a sentence that says why not.</summary>
    /// <param name="planned">Whose it is.</param>
    /// <param name="listener">The listener.</param>
    public static string? WhyNot(PlannedLoadBalancer planned, PlannedListener listener) =>
        (Feature(planned) ?? Feature(listener) ?? PoolsOf(planned, listener).Select(Feature).FirstOrDefault(one => one is not null))
            is { } feature
        ? $"HAProxy is not given {feature} by this version."
        : null;

    /// <summary>The only pool that a listener sends to by default; null where it may do something else.</summary>
    public static string? OnlyPoolOf(PlannedListener listener) =>
        listener.DefaultAction is PlannedAction.Forward { Gate: null, Stickiness: null, Pools: [{ Weight: 1, Pool: var pool }] }
            ? pool
            : null;

    private static IEnumerable<PlannedPool> PoolsOf(PlannedLoadBalancer planned, PlannedListener listener)
    {
        var names = Actions(listener)
            .OfType<PlannedAction.Forward>()
            .SelectMany(forward => forward.Pools)
            .Select(pool => pool.Pool)
            .ToHashSet();
        return planned.Pools.Where(pool => names.Contains(pool.Name));
    }

    private static string? Feature(PlannedLoadBalancer planned) => planned switch
    {
        { Answers.Style: ProxyName.PlainKind }
            when planned.Listeners.Any(listener => OwnListenerLines.IsNeeded(listener) || listener.Http is { IsHttp2: true }) =>
            $"such settings of HTTP in the style {planned.Answers.Style}",
        _ => null,
    };

    private static string? Feature(PlannedListener listener) => listener switch
    {
        { Mode: TrafficMode.Udp } => "listeners for datagrams",
        { Mode: TrafficMode.Tcp, DefaultAction: not PlannedAction.Forward { Gate: null, Stickiness: null } } =>
            "listeners without HTTP that do anything but send to pools by their weights",
        { Tls.ClientAuthentication: not null, Http: null } => "listeners without HTTP that ask clients for certificates",
        { Http: { MaxMethodLength: not 127 } } => "listeners with such settings of HTTP",
        _ => null,
    };

    private static IEnumerable<PlannedAction> Actions(PlannedListener listener) =>
        listener.Rules.Select(rule => rule.Action).Append(listener.DefaultAction);

    private static string? Feature(PlannedPool pool) => pool switch
    {
        { Mode: TrafficMode.Udp } => "pools for datagrams",
        { Mode: TrafficMode.Http, KeepsClientAddress: true } => "clients' addresses for requests",
        _ => null,
    };
}
