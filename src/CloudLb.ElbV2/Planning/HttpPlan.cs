using System.Globalization;
using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Domain.Attributes;

namespace CloudLb.ElbV2.Planning;

/// <summary>How a listener reads requests, and what it does to heads.</summary>
internal static class HttpPlan
{
    /// <param name="loadBalancer">The load balancer.</param>
    /// <param name="listener">Its listener.</param>
    /// <param name="forgeable">Names of headers that no client of the load balancer may send.</param>
    public static PlannedHttp Of(LoadBalancer loadBalancer, Listener listener, EquatableArray<string> forgeable) => new()
    {
        DesyncMitigation = loadBalancer.Attribute(LoadBalancerAttributes.DesyncMitigationMode) switch
        {
            "monitor" => DesyncMitigation.Monitor,
            "strictest" => DesyncMitigation.Strictest,
            _ => DesyncMitigation.Defensive,
        },
        IsTraced = true,
        ForwardedFor = loadBalancer.Attribute(LoadBalancerAttributes.ForwardedFor) switch
        {
            "preserve" => ForwardedFor.Preserve,
            "remove" => ForwardedFor.Remove,
            _ => ForwardedFor.Append,
        },
        TellsClientPort = IsOn(loadBalancer, LoadBalancerAttributes.TellsClientPort),
        DropsInvalidHeaders = IsOn(loadBalancer, LoadBalancerAttributes.DropsInvalidHeaders),
        AdjustsHost = !IsOn(loadBalancer, LoadBalancerAttributes.PreservesHost),
        ClientKeepAlive = TimeSpan.FromSeconds(
            int.Parse(loadBalancer.Attribute(LoadBalancerAttributes.ClientKeepAlive), CultureInfo.InvariantCulture)),
        ResponseHeaders = ListenerAttributes.ResponseHeaders
            .Select(header => new PlannedHeader(header.Name, listener.Attributes.Find(header.Rule.Key) ?? ""))
            .Where(header => header.Value.Length > 0)
            .ToEquatableArray(),
        ClientHeaders = ClientTrustPlan.HeadersOf(listener),
        ForgeableHeaders = [.. forgeable, .. ClientFacts(loadBalancer, listener).Select(fact => fact.Header)],
        HidesServer = listener.Attribute(ListenerAttributes.Server) == "false",
        IsHttp2 = listener.Protocol == Protocol.HTTPS && IsOn(loadBalancer, LoadBalancerAttributes.Http2),
        ClientFacts = ClientFacts(loadBalancer, listener),
    };

    private static EquatableArray<PlannedClientFact> ClientFacts(LoadBalancer loadBalancer, Listener listener) =>
        IsOn(loadBalancer, LoadBalancerAttributes.TellsTls)
            ?
            [
                new(ClientFact.TlsVersion, ListenerAttributes.HeaderOf(listener, ListenerAttributes.TlsVersion)),
                new(ClientFact.CipherSuite, ListenerAttributes.HeaderOf(listener, ListenerAttributes.CipherSuite)),
            ]
            : [];

    private static bool IsOn(LoadBalancer loadBalancer, string key) => loadBalancer.Attribute(key) == "true";
}
