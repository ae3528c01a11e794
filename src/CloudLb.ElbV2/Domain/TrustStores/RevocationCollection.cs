using System.Globalization;
using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

/// <summary>The revocations of trust stores as a kind of resource: kept apart from them, as they are long and never change.</summary>
public static class RevocationCollection
{
    private static readonly ResourceIndex<RevocationKey, Revocation, Arn> ByTrustStore =
        new(revocation => revocation.TrustStore, revocation => OrderOf(revocation));

    private static readonly ResourceIndex<RevocationKey, Revocation, Scope> ByScope =
        new(revocation => new(revocation.TrustStore.Account, revocation.TrustStore.Region), revocation => revocation.Key.ToString());

    public static readonly ResourceKind<RevocationKey, Revocation> Kind = new("trust-store-revocation")
    {
        KeyOf = revocation => revocation.Key,
        KeyText = key => key.ToString(),
        ParseKey = RevocationKey.Parse,
        Document = TrustStoreDocument.Form.Revocation,
        Indexes = [ByTrustStore, ByScope],
        NotFound = _ => Errors.RevocationIdNotFound.Because("The specified revocation ID does not exist"),
    };

    extension(Snapshot snapshot)
    {
        public ResourceCollection<RevocationKey, Revocation> Revocations => snapshot.Of(Kind);
    }

    /// <summary>A trust store's, in the order in which they were added.</summary>
    public static ResourceGroup<RevocationKey, Revocation> Of(
        this ResourceCollection<RevocationKey, Revocation> revocations, Arn trustStore) => revocations.In(ByTrustStore, trustStore);

    /// <summary>Those of all trust stores of an account in a region.</summary>
    public static ResourceGroup<RevocationKey, Revocation> Of(
        this ResourceCollection<RevocationKey, Revocation> revocations, Scope scope) => revocations.In(ByScope, scope);

    public static string OrderOf(Revocation revocation) => revocation.Id.ToString("D19", CultureInfo.InvariantCulture);
}
