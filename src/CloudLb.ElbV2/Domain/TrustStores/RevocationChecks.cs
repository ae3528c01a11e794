using System.Security.Cryptography.X509Certificates;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

/// <summary>Which revocations a trust store can have.</summary>
internal static class RevocationChecks
{
    /// <summary>
    /// Throws where an authority of the trust store may not sign lists by its own certificate: OpenSSL takes no client of such a one any
    /// more, whatever a list says. Lists of authorities that are not in the store are for the chains that clients send.
    /// </summary>
    public static void CheckAuthorities(string authorities, IEnumerable<byte[]> lists)
    {
        var silent = PemCertificates.Read(authorities).Where(certificate => !MaySignLists(certificate)).ToList();
        if (silent.Count > 0 && lists.SelectMany(RevocationFile.In).Any(list => silent.Exists(
            authority => authority.SubjectName.RawData.AsSpan().SequenceEqual(list.Issuer.Span))))
        {
            throw Errors.InvalidRevocationContent.Because(
                "The key usage of an authority's certificate in the trust store does not include CRL signing");
        }
    }

    /// <summary>Throws where an account would have more of them than it may.</summary>
    /// <param name="snapshot">What there is.</param>
    /// <param name="trustStore">To which they are added.</param>
    /// <param name="added">What is added.</param>
    /// <param name="quotas">How many there may be.</param>
    public static void CheckCounts(Snapshot snapshot, TrustStore trustStore, IReadOnlyCollection<RevocationFile> added, Quotas quotas)
    {
        if (snapshot.Revocations.Of(trustStore.Arn).Count + added.Count > quotas.RevocationsPerTrustStore)
        {
            throw Errors.TooManyTrustStoreRevocationEntries.Because(
                $"The specified trust store can have '{quotas.RevocationsPerTrustStore}' revocation files");
        }

        var before = snapshot.Revocations.Of(trustStore.Scope).After(null).ToList();
        if (before.Sum(each => each.Entries) + added.Sum(each => each.Entries) > quotas.RevokedEntries
            || before.Sum(each => (long)each.Lists.Length) + added.Sum(each => (long)each.Lists.Length) > RevocationFile.LongestFile)
        {
            throw Errors.TooManyTrustStoreRevocationEntries.Because(
                $"The specified trust store has too many revocation entries: an account can have '{quotas.RevokedEntries}'");
        }
    }

    private static bool MaySignLists(X509Certificate2 certificate) => certificate.Extensions
        .OfType<X509KeyUsageExtension>()
        .All(usage => usage.KeyUsages.HasFlag(X509KeyUsageFlags.CrlSign));
}
