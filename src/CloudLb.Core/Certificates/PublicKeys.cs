using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CloudLb.Core.Certificates;

/// <summary>
/// Public keys as policies hold them and certificates carry them, told apart by an id that does not depend on how they are written down.
/// </summary>
public static class PublicKeys
{
    private const string Label = "PUBLIC KEY";

    /// <summary>
    /// The id of a key that a caller wrote: a SubjectPublicKeyInfo in base64, broken into lines or not, with PEM's first and last line or
    /// without, as AWS wants it. Null when it is none.
    /// </summary>
    public static string? IdOf(string text)
    {
        try
        {
            var der = Convert.FromBase64String(Body(text));
            var key = PublicKey.CreateFromSubjectPublicKeyInfo(der, out var length);
            return length == der.Length ? IdOf(Canonical(key)) : null;
        }
        catch (Exception exception) when (exception is FormatException || IsDamage(exception))
        {
            return null;
        }
    }

    /// <summary>
    /// SHA-256 of the key's SubjectPublicKeyInfo, as .NET writes it: 64 lower-case hexadecimal digits. A key of a curve, or with a point,
    /// that there is not has an id that no key of a caller has.
    /// </summary>
    public static string IdOf(PublicKey key)
    {
        try
        {
            return IdOf(Canonical(key));
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            return IdOf(key.ExportSubjectPublicKeyInfo());
        }
    }

    private static string IdOf(byte[] der) => Convert.ToHexStringLower(SHA256.HashData(der));

    private static bool IsDamage(Exception exception) => exception is CryptographicException or NotSupportedException;

    private static string Body(string text)
    {
        var rest = text.AsSpan().Trim();
        if (!rest.StartsWith("-----"))
        {
            return text;
        }

        return PemEncoding.TryFind(rest, out var found) && rest[found.Location].Length == rest.Length && rest[found.Label] is Label
            ? rest[found.Base64Data].ToString()
            : throw new FormatException("Not the PEM text of one public key.");
    }

    /// <summary>Some write the same RSA key with parameters that others leave out.</summary>
    private static byte[] Canonical(PublicKey key)
    {
        using var rsa = key.GetRSAPublicKey();
        using var ecdsa = key.GetECDsaPublicKey();
        return rsa?.ExportSubjectPublicKeyInfo() ?? ecdsa?.ExportSubjectPublicKeyInfo() ?? key.ExportSubjectPublicKeyInfo();
    }
}
