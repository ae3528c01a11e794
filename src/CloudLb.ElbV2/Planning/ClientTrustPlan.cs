using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Planning;

/// <summary>What listeners ask of clients' certificates, and what targets are told of them.</summary>
internal static class ClientTrustPlan
{
    /// <param name="asked">What the listener asks; null for nothing.</param>
    /// <param name="trust">Finds what stands for a trust store.</param>
    public static PlannedClientAuthentication? Of(MutualAuthentication? asked, Func<Arn, PlannedTrust> trust) => asked switch
    {
        null => null,
        { TrustStore: { } store } => trust(store) is var (id, hasRevocations)
            ? new(id, asked.IgnoresExpiry, asked.NamesAuthorities, hasRevocations)
            : null,
        _ => new(null, IgnoresExpiry: true, NamesAuthorities: false),
    };

    /// <summary>A client that is looked at is told of by its parts, one that is not by all that it has sent.</summary>
    public static EquatableArray<PlannedClientHeader> HeadersOf(Listener listener) => listener.Tls?.MutualAuthentication is { } asked
        ? ListenerAttributes.ClientHeaders
            .Where(header => header.Part == ClientCertificatePart.Chain == asked.TrustStore is null)
            .Select(header => new PlannedClientHeader(listener.Attribute(header.Rule.Key), header.Part))
            .ToEquatableArray()
        : [];

    /// <summary>
    /// What no client of the load balancer may send: its other listeners may have the same targets, which could not tell who has said it.
    /// </summary>
    public static EquatableArray<string> ForgeableOf(IReadOnlyList<Listener> listeners) => listeners
        .Where(listener => listener.Tls?.MutualAuthentication is not null)
        .SelectMany(listener => ListenerAttributes.ClientHeaders.Select(header => listener.Attribute(header.Rule.Key)))
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .Order(StringComparer.OrdinalIgnoreCase)
        .ToEquatableArray();
}
