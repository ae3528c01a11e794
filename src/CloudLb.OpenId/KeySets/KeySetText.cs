using System.Security.Cryptography;
using CloudLb.Core;
using CloudLb.Core.Certificates;
using CloudLb.Core.Traffic.Planning;
using CloudLb.OpenId.Fetching;
using Microsoft.IdentityModel.Tokens;

namespace CloudLb.OpenId.KeySets;

/// <summary>Reads a JSON web key set.</summary>
internal static class KeySetText
{
    /// <summary>AWS's: 150 KB.</summary>
    public const int Longest = 150 * 1024;

    private const int MostKeys = 10, LongestId = 256;

    // RFC 7518 asks for 2,048 at least; what is far longer takes time from all.
    private const int LeastBits = 2048, MostBits = 8192;

    /// <summary>The keys for RS256, in the order in which they stand; others are passed over.</summary>
    /// <exception cref="FetchException">It is no key set, or has too many keys.</exception>
    public static EquatableArray<PlannedKey> Read(string text)
    {
        var keys = Parse(text).Keys;
        if (keys.Count > MostKeys)
        {
            throw new FetchException($"the answer has {keys.Count} keys; {MostKeys} are the most that a set may have");
        }

        return keys.Where(IsTaken).Select(Planned).OfType<PlannedKey>().Distinct().ToEquatableArray();
    }

    private static JsonWebKeySet Parse(string text)
    {
        try
        {
            return new JsonWebKeySet(text);
        }
        catch (ArgumentException exception)
        {
            throw new FetchException("the answer is no JSON web key set", exception);
        }
    }

    private static bool IsTaken(JsonWebKey key) => key.Kty == "RSA" && key.Use is null or "" or "sig" && key.Alg is null or "" or "RS256"
        && (key.KeyId is null || (key.KeyId.Length is > 0 and <= LongestId && key.KeyId.All(letter => letter is >= ' ' and <= '~')));

    private static PlannedKey? Planned(JsonWebKey key)
    {
        try
        {
            using var rsa = RSA.Create(new RSAParameters
            {
                Modulus = Base64UrlEncoder.DecodeBytes(key.N), Exponent = Base64UrlEncoder.DecodeBytes(key.E),
            });
            return rsa.KeySize is >= LeastBits and <= MostBits && !CertificateUpload.HasLargeExponent(rsa)
                ? new(key.KeyId, rsa.ExportSubjectPublicKeyInfoPem())
                : null;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or ArgumentException)
        {
            return null;
        }
    }
}
