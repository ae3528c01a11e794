using CloudLb.AwsApi.Responses;

namespace CloudLb.AwsApi.SigV4;

/// <summary>Hashes as lower-case hexadecimal digits.</summary>
internal static class Hex
{
    /// <summary>Bytes of a SHA-256 hash.</summary>
    public const int HashLength = 32;

    /// <summary>Digits of a SHA-256 hash.</summary>
    public const int HashDigits = 2 * HashLength;

    public static void Append(Utf8Buffer buffer, ReadOnlySpan<byte> hash)
    {
        Span<byte> digits = stackalloc byte[HashDigits];
        Convert.TryToHexStringLower(hash, digits, out var written);
        buffer.Append(digits[..written]);
    }
}
