using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CloudLb.ElbV2.Domain;

/// <summary>One revocation list of an authority (RFC 5280, section 5).</summary>
/// <param name="Issuer">The authority's name (DER).</param>
/// <param name="KeyId">The value of the extension that says which of its keys has signed (DER); null for none.</param>
/// <param name="Serials">The serial numbers of what is revoked, as they are encoded.</param>
internal sealed record SignedList(ReadOnlyMemory<byte> Issuer, ReadOnlyMemory<byte>? KeyId, IReadOnlyList<ReadOnlyMemory<byte>> Serials)
{
    private const string KeyIdentifier = "2.5.29.35", Number = "2.5.29.20", Distribution = "2.5.29.28", EntryIssuer = "2.5.29.29";

    private static readonly Asn1Tag Extensions = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>
    /// Reads one list. What only says what has changed since another list, and what speaks of another authority's certificates, is none.
    /// </summary>
    /// <exception cref="AsnContentException">It is no list, or none that can be taken.</exception>
    public static SignedList Read(AsnReader reader)
    {
        var list = reader.ReadSequence();
        var body = list.ReadSequence();
        list.ReadSequence();
        list.ReadBitString(out _);
        list.ThrowIfNotEmpty();

        if (body.PeekTag().HasSameClassAndValue(Asn1Tag.Integer))
        {
            body.ReadInteger();
        }

        body.ReadSequence();
        var issuer = ReadName(body);
        ReadTime(body);
        if (body.HasData && IsTime(body.PeekTag()))
        {
            ReadTime(body);
        }

        var serials = new List<ReadOnlyMemory<byte>>();
        if (body.HasData && body.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
        {
            ReadEntries(body.ReadSequence(), serials);
        }

        var keyId = body.HasData ? ReadExtensions(body.ReadSequence(Extensions).ReadSequence()) : null;
        body.ThrowIfNotEmpty();
        return new(issuer, keyId, serials);
    }

    private static ReadOnlyMemory<byte> ReadName(AsnReader body)
    {
        var name = body.ReadEncodedValue();
        try
        {
            return new X500DistinguishedName(name.Span).Name.Length > 0
                ? name
                : throw new AsnContentException("The list names no authority.");
        }
        catch (CryptographicException exception)
        {
            throw new AsnContentException("The list's authority has no name.", exception);
        }
    }

    private static void ReadEntries(AsnReader entries, List<ReadOnlyMemory<byte>> serials)
    {
        while (entries.HasData)
        {
            var entry = entries.ReadSequence();
            serials.Add(entry.PeekEncodedValue());
            entry.ReadIntegerBytes();
            ReadTime(entry);
            if (entry.HasData)
            {
                ReadEntryExtensions(entry.ReadSequence());
            }

            entry.ThrowIfNotEmpty();
        }
    }

    private static void ReadEntryExtensions(AsnReader extensions)
    {
        while (extensions.HasData)
        {
            if (ReadExtension(extensions) is (EntryIssuer, _, _) or (_, true, _))
            {
                throw new AsnContentException("An entry says more than a certificate's number.");
            }
        }
    }

    private static ReadOnlyMemory<byte>? ReadExtensions(AsnReader extensions)
    {
        ReadOnlyMemory<byte>? keyId = null;
        while (extensions.HasData)
        {
            var (name, isCritical, value) = ReadExtension(extensions);
            if (isCritical && name is not (KeyIdentifier or Number or Distribution))
            {
                throw new AsnContentException($"The list is of a kind that is not taken: {name}.");
            }

            keyId = name == KeyIdentifier ? value : keyId;
        }

        return keyId;
    }

    private static (string Name, bool IsCritical, ReadOnlyMemory<byte> Value) ReadExtension(AsnReader extensions)
    {
        var extension = extensions.ReadSequence();
        var name = extension.ReadObjectIdentifier();
        var isCritical = extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean();
        ReadOnlyMemory<byte> value = extension.ReadOctetString();
        extension.ThrowIfNotEmpty();
        return (name, isCritical, value);
    }

    private static bool IsTime(Asn1Tag tag) =>
        tag.HasSameClassAndValue(Asn1Tag.UtcTime) || tag.HasSameClassAndValue(Asn1Tag.GeneralizedTime);

    private static void ReadTime(AsnReader reader) => _ = reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime)
        ? reader.ReadUtcTime()
        : reader.ReadGeneralizedTime();
}
