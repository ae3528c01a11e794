using CloudLb.Core;
using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

/// <summary>The trust stores as a kind of resource: how they are kept and found.</summary>
public static class TrustStoreCollection
{
    private static readonly ResourceIndex<Arn, TrustStore, Scope> ByScope = new(store => store.Scope, store => store.Name);

    public static readonly ResourceKind<Arn, TrustStore> Kind = new("trust-store")
    {
        KeyOf = store => store.Arn,
        KeyText = arn => arn.ToString(),
        ParseKey = Arn.Parse,
        Document = TrustStoreDocument.Form.TrustStore,
        Indexes = [ByScope],
        NotFound = _ => NotFound(),
        Arn = store => store.Arn.ToString(),
    };

    extension(Snapshot snapshot)
    {
        public ResourceCollection<Arn, TrustStore> TrustStores => snapshot.Of(Kind);
    }

    public static ResourceGroup<Arn, TrustStore> Of(this ResourceCollection<Arn, TrustStore> stores, Scope scope) =>
        stores.In(ByScope, scope);

    /// <summary>The store of that name; AWS's error when there is none.</summary>
    public static TrustStore Get(this ResourceCollection<Arn, TrustStore> stores, Scope scope, string name) =>
        stores.Of(scope).Find(name) ?? throw NotFound();

    /// <summary>The load balancers with a listener that uses it, in their order.</summary>
    public static IEnumerable<Arn> LoadBalancersOf(this Snapshot snapshot, Arn trustStore) => snapshot
        .UsersOf(Use.OfTrustStore(trustStore.ToString()))
        .Select(user => user.Key)
        .OfType<Arn>()
        .Select(listener => listener.LoadBalancer)
        .Distinct()
        .Order();

    private static ServiceException NotFound() => Errors.TrustStoreNotFound.Because("One or more trust stores not found");
}
