using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Pinning;

namespace CloudLb.HAProxy.Updating;

/// <summary>
/// Compares what is served with what is planned, by elimination: commands suffice if the served plan, with the next one's members put in
/// and what the next one no longer has left out, equals the next plan. What this rule does not know of is a hand-over, which is right, only
/// dearer.
/// </summary>
internal static class PlanDiff
{
    /// <summary>The reason where rules are gone and all else changes at run time.</summary>
    public const string RuleDeleted = "rule deleted";

    /// <param name="served">What the process serves; null where it serves nothing.</param>
    /// <param name="next">What it is to serve.</param>
    /// <param name="render">What is written of a load balancer.</param>
    /// <returns>The update, and its reason in words that logs and counters use.</returns>
    public static (UpdateKind Kind, string Reason) Compare(
        PlannedLoadBalancer? served, PlannedLoadBalancer? next, Rendering render) => (served, next) switch
    {
        _ when ReferenceEquals(served, next) => (UpdateKind.Nothing, "unchanged"),
        (null, _) => (UpdateKind.HandOver, "load balancer added"),
        (_, null) => (UpdateKind.Commands, "load balancer removed"),
        _ when served == next => (UpdateKind.Nothing, "unchanged"),
        _ when WithWhatChangesAtRunTime(served, next) is var changed && (changed == next || RuleMaps.AreAll(changed, next, render)) =>
            (UpdateKind.Commands, "changed at run time"),
        _ when WithWhatChangesAtRunTime(served, next) is var changed && WithoutRules(changed, next) == next =>
            (UpdateKind.HandOver, RuleDeleted),
        _ => (UpdateKind.HandOver, ReasonOf(served, next)),
    };

    private static PlannedLoadBalancer WithWhatChangesAtRunTime(PlannedLoadBalancer served, PlannedLoadBalancer next) => served with
    {
        // Which pool's checks are told as the instances' state is nothing that HAProxy knows of.
        HealthPool = next.HealthPool,

        // The front is told of them; of a listener with TLS they are lines of its own.
        HostNames = served.Listeners.Any(SharedLines.NamesHosts) ? served.HostNames : next.HostNames,
        Listeners = served.Listeners
            .Select(listener => (Listener: listener, Next: next.Listeners.FirstOrDefault(other => other.Port == listener.Port)))
            .Where(pair => pair.Next is not null)
            .Select(pair => PoolWeights.TakenOver(
                pair.Next!.Tls is { } tls && pair.Listener.Tls is not null
                    ? pair.Listener with { Tls = WithCertificates(pair.Listener.Tls, tls) }
                    : pair.Listener,
                pair.Next!))
            .ToEquatableArray(),
        Pools = served.Pools
            .Select(pool => (Pool: pool, Next: next.Pools.FirstOrDefault(other => other.Name == pool.Name)))
            .Where(pair => pair.Next is not null)
            .Select(pair => pair.Pool with
            {
                // The port itself stands with each member.
                MemberPort = pair.Pool.MemberPort is not null && pair.Next!.MemberPort is { } port ? port : pair.Pool.MemberPort,
                // The weights say how far members are.
                SlowStart = pair.Next!.SlowStart,
                Members = pair.Next.Members.Select(member => WithServedCertificate(member, pair.Pool)).ToEquatableArray(),
            })
            .ToEquatableArray(),
    };

    /// <summary>Without the rules that the next plan does not have.</summary>
    private static PlannedLoadBalancer WithoutRules(PlannedLoadBalancer served, PlannedLoadBalancer next) => served with
    {
        Listeners = served.Listeners.Zip(next.Listeners, (listener, other) => listener with
        {
            Rules = listener.Rules.Where(rule => other.Rules.Contains(rule)).ToEquatableArray(),
        }).ToEquatableArray(),
    };

    /// <summary>
    /// A list of further certificates only grows at its end, and its order decides where two have the same name; without a list there is
    /// nothing that could be added to.
    /// </summary>
    private static PlannedTls WithCertificates(PlannedTls served, PlannedTls next) => served with
    {
        CertificateId = next.CertificateId,
        NamedCertificateIds =
            served.NamedCertificateIds is { } before
            && next.NamedCertificateIds is { } after
            && after == before.Intersect(after).Concat(after.Except(before)).ToEquatableArray()
                ? after
                : served.NamedCertificateIds,
    };

    /// <summary>
    /// A member that shows another certificate, with a key that is accepted too, loses no request by a hand-over; at run time it would have
    /// to leave and join.
    /// </summary>
    private static PlannedMember WithServedCertificate(PlannedMember member, PlannedPool served) =>
        PinnedMember.CertificateOf(member) is not null
            && served.FindMember(member.Id) is PinnedMember same
            && same.Address.Equals(member.Address)
            ? PinnedMember.Of(member, same.Certificate)
            : member;

    private static string ReasonOf(PlannedLoadBalancer served, PlannedLoadBalancer next)
    {
        if (served.Addresses != next.Addresses)
        {
            return "address changed";
        }

        if (served.Template != next.Template)
        {
            return "template changed";
        }

        if (served.IsLogged != next.IsLogged)
        {
            return "access log switched";
        }

        if (served.AreConnectionsLogged != next.AreConnectionsLogged)
        {
            return "connection log switched";
        }

        if (served.HostNames != next.HostNames)
        {
            return "host names changed";
        }

        if (next.Listeners.Any(listener => served.Listeners.All(other => other.Port != listener.Port)))
        {
            return "listener added";
        }

        return next.Listeners.Any(listener => !served.Listeners.Contains(listener)) ? "listener changed" : "pool changed";
    }
}
