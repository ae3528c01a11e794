using CloudLb.Core.Addresses;
using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

/// <summary>The listeners as a kind of resource: how they are kept and found, and what they use.</summary>
public static class ListenerCollection
{
    private static readonly ResourceIndex<Arn, Listener, Arn> ByLoadBalancer =
        new(listener => listener.Arn.LoadBalancer, listener => OrderOf(listener));

    public static readonly ResourceKind<Arn, Listener> Kind = new("v2-listener")
    {
        KeyOf = listener => listener.Arn,
        KeyText = arn => arn.ToString(),
        ParseKey = Arn.Parse,
        Document = ListenerDocument.Form.Listener,
        Indexes = [ByLoadBalancer],
        NotFound = _ => Errors.ListenerNotFound.Because("One or more listeners not found"),
        Uses = UsesOf,
        Arn = listener => listener.Arn.ToString(),
        Secrets = ClientSecrets.In,
    };

    extension(Snapshot snapshot)
    {
        public ResourceCollection<Arn, Listener> Listeners => snapshot.Of(Kind);
    }

    /// <summary>A load balancer's, in the order of their ports.</summary>
    public static ResourceGroup<Arn, Listener> Of(this ResourceCollection<Arn, Listener> listeners, Arn loadBalancer) =>
        listeners.In(ByLoadBalancer, loadBalancer);

    /// <summary>The order of a load balancer's listeners: that of their ports.</summary>
    public static string OrderOf(Listener listener) => OrderOf(listener.Port);

    public static string OrderOf(int port) => $"{port:D5}";

    /// <summary>The listener of a rule, if it has one of that ARN or not; AWS's error for a rule when there is no such listener.</summary>
    public static Listener ListenerOf(this Snapshot snapshot, Arn rule) =>
        snapshot.Listeners.Find(rule.Listener) ?? throw Errors.RuleNotFound.Because("One or more rules not found");

    private static IEnumerable<Use> UsesOf(Listener listener)
    {
        IEnumerable<string> certificates = listener.Tls is { } tls ? tls.NamedCertificateIds.Append(tls.CertificateId).Distinct() : [];
        return
        [
            Sharing.UseOf(listener.SharedKind, listener.Port),
            .. listener.TargetGroups.Select(arn => Use.OfTargetGroup(arn.ToString())),
            .. certificates.Select(Use.OfCertificate),
            .. listener.Tls?.MutualAuthentication?.TrustStore is { } trustStore
            ? [Use.OfTrustStore(trustStore.ToString())]
            : Array.Empty<Use>(),
        ];
    }
}
