using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

/// <summary>What a request says of it, as a whole.</summary>
/// <param name="Next">What the listener has then; null for off.</param>
internal sealed record MutualAuthenticationChange(MutualAuthentication? Next)
{
    /// <summary>Throws where a trust store is not there, or the load balancer has too many listeners that verify.</summary>
    /// <param name="snapshot">Everything there is.</param>
    /// <param name="listener">The listener, or the load balancer of one that is made.</param>
    /// <param name="quota">How many a load balancer may have.</param>
    public void Check(Snapshot snapshot, Arn listener, int quota)
    {
        if (Next?.TrustStore is not { } trustStore)
        {
            return;
        }

        if (snapshot.TrustStores.Find(trustStore) is null)
        {
            throw Errors.TrustStoreNotFound.Because($"Trust store '{trustStore}' not found");
        }

        var loadBalancer = listener.Kind == ArnKind.LoadBalancer ? listener : listener.LoadBalancer;
        if (snapshot.Listeners.Of(loadBalancer).After(null).Count(
            other => other.Arn != listener && other.Tls?.MutualAuthentication?.TrustStore is not null) >= quota)
        {
            throw Errors.TooManyListeners.Because(
                "You have reached the maximum number of listeners with mutual authentication with verify mode that you can associate " +
                $"with load balancer '{loadBalancer}': [{quota}]");
        }
    }
}
