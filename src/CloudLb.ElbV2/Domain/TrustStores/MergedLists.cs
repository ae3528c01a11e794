using System.Formats.Asn1;
using System.Security.Cryptography;

namespace CloudLb.ElbV2.Domain;

/// <summary>
/// All that a trust store's lists revoke, as one list for each authority. OpenSSL looks at one list of an authority alone, the newest, and
/// at none that is out of date; AWS takes all that were added.
/// </summary>
/// <remarks>
/// They are signed by nobody and say so: their algorithm has a number that no program knows (2.25.1), so that OpenSSL finds out at once
/// that it cannot check a signature, and whoever reads them takes them at our word. With a real one it would go through the whole list for
/// every client (3.0: 20 MB at half a million entries).
/// </remarks>
internal static class MergedLists
{
    private const string NoAlgorithm = "2.25.1", KeyIdentifier = "2.5.29.35";

    // Of no meaning: a list counts as long as it is there.
    private static readonly DateTimeOffset Time = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Asn1Tag Extensions = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>As one PEM text; null for no list.</summary>
    public static string? Of(IEnumerable<SignedList> lists)
    {
        var merged = lists
            .GroupBy(list => Convert.ToHexString(list.Issuer.Span), StringComparer.Ordinal)
            .OrderBy(authority => authority.Key, StringComparer.Ordinal)
            .SelectMany(authority => OfAuthority([.. authority]))
            .ToList();
        return merged.Count > 0 ? string.Concat(merged.Select(list => PemEncoding.WriteString("X509 CRL", list) + "\n")) : null;
    }

    /// <summary>A list for each of its keys; what names no key holds for all of them.</summary>
    private static IEnumerable<byte[]> OfAuthority(IReadOnlyList<SignedList> lists)
    {
        var ofAll = lists.Where(list => list.KeyId is null).ToList();
        var byKey = lists
            .Where(list => list.KeyId is not null)
            .GroupBy(list => Convert.ToHexString(list.KeyId!.Value.Span), StringComparer.Ordinal)
            .OrderBy(key => key.Key, StringComparer.Ordinal)
            .ToList();
        return byKey.Count == 0
            ? [Written(lists[0].Issuer, null, ofAll)]
            : byKey.Select(key => Written(lists[0].Issuer, key.First().KeyId, key.Concat(ofAll)));
    }

    private static byte[] Written(ReadOnlyMemory<byte> issuer, ReadOnlyMemory<byte>? keyId, IEnumerable<SignedList> lists)
    {
        var serials = lists.SelectMany(list => list.Serials).ToList();
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
                WriteAlgorithm(writer);
                writer.WriteEncodedValue(issuer.Span);
                writer.WriteUtcTime(Time);
                WriteEntries(writer, serials);
                WriteKeyId(writer, keyId);
            }

            WriteAlgorithm(writer);
            writer.WriteBitString([0]);
        }

        return writer.Encode();
    }

    private static void WriteEntries(AsnWriter writer, List<ReadOnlyMemory<byte>> serials)
    {
        // An empty sequence may not stand there.
        if (serials.Count == 0)
        {
            return;
        }

        using (writer.PushSequence())
        {
            foreach (var serial in serials)
            {
                using (writer.PushSequence())
                {
                    writer.WriteEncodedValue(serial.Span);
                    writer.WriteUtcTime(Time);
                }
            }
        }
    }

    private static void WriteKeyId(AsnWriter writer, ReadOnlyMemory<byte>? keyId)
    {
        if (keyId is not { } value)
        {
            return;
        }

        using (writer.PushSequence(Extensions))
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(KeyIdentifier);
            writer.WriteOctetString(value.Span);
        }
    }

    private static void WriteAlgorithm(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(NoAlgorithm);
        }
    }
}
