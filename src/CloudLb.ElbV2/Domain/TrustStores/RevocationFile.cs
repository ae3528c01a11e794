using System.Buffers;
using System.Buffers.Text;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;
using CloudLb.Core;

namespace CloudLb.ElbV2.Domain;

/// <summary>A file of revocation lists in PEM.</summary>
/// <param name="Lists">The lists one after the other (DER).</param>
/// <param name="Entries">What they revoke.</param>
internal sealed record RevocationFile(byte[] Lists, long Entries)
{
    /// <summary>Bytes; the user guide's.</summary>
    public const int LongestFile = 50 * 1024 * 1024;

    /// <summary>
    /// As many as a trust store has authorities. OpenSSL's time grows with the square of their number: the start of a process would never
    /// end with as many as such a file has room for.
    /// </summary>
    private const int MostLists = 25;

    private const string Label = "X509 CRL";

    private static readonly byte[] Begin = Encoding.ASCII.GetBytes($"-----BEGIN {Label}-----");
    private static readonly byte[] End = Encoding.ASCII.GetBytes($"-----END {Label}-----");

    public string ContentId => Convert.ToHexStringLower(SHA256.HashData(Lists));

    public static RevocationFile Read(byte[] file)
    {
        var found = new ArrayBufferWriter<byte>();
        try
        {
            for (var rest = file.AsSpan(); rest.IndexOf(Begin) is >= 0 and var start;)
            {
                rest = rest[(start + Begin.Length)..];
                var length = rest.IndexOf(End);
                if (length < 0)
                {
                    throw Invalid();
                }

                Decode(rest[..length], found);
                rest = rest[(length + End.Length)..];
            }

            var lists = found.WrittenSpan.ToArray();
            var read = In(lists);
            return read.Count switch
            {
                0 => throw Invalid(),
                > MostLists => throw Errors.InvalidRevocationContent.Because(
                    $"The provided revocation file has more than '{MostLists}' lists"),
                _ => new(lists, read.Sum(list => (long)list.Serials.Count)),
            };
        }
        catch (AsnContentException)
        {
            throw Invalid();
        }
    }

    /// <summary>The lists that stand one after the other.</summary>
    /// <exception cref="AsnContentException">There is anything else.</exception>
    public static IReadOnlyList<SignedList> In(byte[] lists)
    {
        var reader = new AsnReader(lists, AsnEncodingRules.DER);
        var found = new List<SignedList>();
        while (reader.HasData)
        {
            found.Add(SignedList.Read(reader));
        }

        return found;
    }

    private static void Decode(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> to)
    {
        var status = Base64.DecodeFromUtf8(
            text, to.GetSpan(Math.Max(Base64.GetMaxDecodedFromUtf8Length(text.Length), 1)), out _, out var written);
        if (status != OperationStatus.Done)
        {
            throw Invalid();
        }

        to.Advance(written);
    }

    private static ServiceException Invalid() => Errors.InvalidRevocationContent.Because(
        "The provided revocation file is an invalid format, or uses an incorrect algorithm");
}
