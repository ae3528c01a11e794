using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// What of a plan can be written for HAProxy here. Whatever else a plan can ask for is told, and never left out silently.
/// </summary>
internal static class Carried
{
    private static readonly PlannedHttp Usual = new() { DesyncMitigation = DesyncMitigation.Defensive };

    /// <summary>Null when the listener can be served; else a sentence that says why not.</summary>
    /// <param name="planned">Whose it is.</param>
    /// <param name="listener">The listener.</param>
    public static string? WhyNot(PlannedLoadBalancer planned, PlannedListener listener) =>
        (Feature(planned) ?? Feature(listener)) is { } feature
        ? $"HAProxy is not given {feature} by this version."
        : planned.Pools.FirstOrDefault(pool => pool.Name == PoolOf(listener)) is { } pool && Feature(pool) is { } ofPool
            ? $"HAProxy is not given {ofPool} by this version."
            : null;

    /// <summary>The pool that a listener of <see cref="WhyNot"/>'s liking sends to.</summary>
    public static string PoolOf(PlannedListener listener) => listener.DefaultAction is PlannedAction.Forward { OnlyPool: { } pool }
        ? pool
        : throw new ArgumentException("The listener does not send to one pool.", nameof(listener));

    /// <summary>A process has one style of answers for all of its load balancers.</summary>
    private static string? Feature(PlannedLoadBalancer planned) =>
        planned.Answers.Style == ProxyName.PlainKind ? null : $"answers of the style {planned.Answers.Style}";

    private static string? Feature(PlannedListener listener) => listener switch
    {
        { Mode: TrafficMode.Udp } => "listeners for datagrams",
        { Rules.Count: > 0 } => "listeners with rules",
        { DefaultAction: not PlannedAction.Forward { OnlyPool: not null, StickyFor: null } } =>
            "listeners that do anything but send to one pool",
        { Tls.NamedCertificateIds.Count: > 0 } => "listeners with more than one certificate",
        { Tls.ClientAuthentication: not null } => "listeners that ask clients for certificates",
        { Http: { } http } when http with { DesyncMitigation = Usual.DesyncMitigation } != Usual => "listeners with such settings of HTTP",
        _ => null,
    };

    private static string? Feature(PlannedPool pool) => pool switch
    {
        { Mode: TrafficMode.Udp } => "pools for datagrams",
        { SlowStart.Ticks: > 0 } => "pools whose members start slowly",
        { FailsOpen: true } => "pools that fail open",
        _ => null,
    };
}
