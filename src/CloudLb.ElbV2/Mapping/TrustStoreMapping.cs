using CloudLb.Core.Resources;
using CloudLb.ElbV2.Domain;
using Wire = CloudLb.ElbV2.Contracts;

namespace CloudLb.ElbV2.Mapping;

/// <summary>Trust stores and their revocations, as they are shown.</summary>
internal static class TrustStoreMapping
{
    /// <param name="trustStore">The trust store.</param>
    /// <param name="snapshot">Where its revocations are found.</param>
    public static Wire.TrustStore ToWire(this TrustStore trustStore, Snapshot snapshot) => new()
    {
        Name = trustStore.Name,
        TrustStoreArn = trustStore.Arn.ToString(),
        Status = "ACTIVE",
        NumberOfCaCertificates = trustStore.AuthorityCount,
        TotalRevokedEntries = snapshot.Revocations.Of(trustStore.Arn).After(null).Sum(revocation => revocation.Entries),
    };

    public static Wire.TrustStoreRevocation ToAdded(this Revocation revocation) => new()
    {
        TrustStoreArn = revocation.TrustStore.ToString(),
        RevocationId = revocation.Id,
        RevocationType = "CRL",
        NumberOfRevokedEntries = revocation.Entries,
    };

    public static Wire.DescribeTrustStoreRevocation ToWire(this Revocation revocation) => new()
    {
        TrustStoreArn = revocation.TrustStore.ToString(),
        RevocationId = revocation.Id,
        RevocationType = "CRL",
        NumberOfRevokedEntries = revocation.Entries,
    };
}
