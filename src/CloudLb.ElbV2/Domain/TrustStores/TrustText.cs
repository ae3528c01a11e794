using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;
using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

/// <summary>What was read into a trust store, as PEM.</summary>
internal static class TrustText
{
    /// <summary>Null when it is not there.</summary>
    /// <param name="snapshot">Everything there is.</param>
    /// <param name="trustStore">The trust store.</param>
    /// <param name="revocation">One of its revocations; null for its certificates.</param>
    public static string? Of(Snapshot snapshot, Arn trustStore, long? revocation) => revocation is { } id
        ? snapshot.Revocations.Find(new(trustStore, id)) is { } found ? ListsOf(found) : null
        : snapshot.TrustStores.Find(trustStore)?.Authorities;

    private static string ListsOf(Revocation revocation)
    {
        var text = new StringBuilder();
        for (var reader = new AsnReader(revocation.Lists, AsnEncodingRules.DER); reader.HasData;)
        {
            text.Append(PemEncoding.WriteString("X509 CRL", reader.ReadEncodedValue().Span)).Append('\n');
        }

        return text.ToString();
    }
}
