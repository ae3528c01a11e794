using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Files;

/// <summary>
/// The lists of the certificates of listeners that can have several, for the next process: the running one is told of changes.
/// </summary>
internal static class NamedCertificateFiles
{
    /// <summary>Those of a load balancer.</summary>
    public static IEnumerable<(string Name, string Text)> Of(PlannedLoadBalancer loadBalancer) =>
        from listener in loadBalancer.Listeners
        where listener.Tls?.NamedCertificateIds is not null
        let name = ProxyName.OfListener(loadBalancer.Id, listener.Port)
        select (TlsSettings.ListOf(name), TextOf(name, listener.Tls!.NamedCertificateIds!.Value));

    /// <summary>The first one is shown to whoever asks for no name that another has; its own names count for nothing (2.6.12).</summary>
    private static string TextOf(string listener, EquatableArray<string> named) => string.Concat(
        named
            .Select(id => TlsSettings.FileOf(ProxyName.OfNamedCertificate(listener, id)))
            .Prepend($"{TlsSettings.FileOf(listener)} !*")
            .Select(line => line + "\n"));
}
