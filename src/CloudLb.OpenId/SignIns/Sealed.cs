using System.Security.Cryptography;
using System.Text;

namespace CloudLb.OpenId.SignIns;

/// <summary>Texts that clients carry and can neither read nor change: nonce, proof and text in base64 with dots between them.</summary>
internal static class Sealed
{
    private const int NonceSize = 12, ProofSize = 16;

    public static string Seal(string key, string text)
    {
        var clear = Encoding.UTF8.GetBytes(text);
        var (nonce, proof, hidden) = (RandomNumberGenerator.GetBytes(NonceSize), new byte[ProofSize], new byte[clear.Length]);
        using var cipher = new AesGcm(Convert.FromBase64String(key), ProofSize);
        cipher.Encrypt(nonce, clear, hidden, proof);
        return string.Join('.', new[] { nonce, proof, hidden }.Select(Convert.ToBase64String));
    }

    /// <summary>Null where it was not sealed with that key.</summary>
    public static string? Open(string key, string text)
    {
        try
        {
            if (text.Split('.') is not [var first, var second, var third]
                || Convert.FromBase64String(first) is not { Length: NonceSize } nonce
                || Convert.FromBase64String(second) is not { Length: ProofSize } proof)
            {
                return null;
            }

            var hidden = Convert.FromBase64String(third);
            var clear = new byte[hidden.Length];
            using var cipher = new AesGcm(Convert.FromBase64String(key), ProofSize);
            cipher.Decrypt(nonce, hidden, proof, clear);
            return Encoding.UTF8.GetString(clear);
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            return null;
        }
    }
}
