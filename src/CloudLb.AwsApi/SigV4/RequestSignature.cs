using System.Buffers;
using System.Security.Cryptography;
using CloudLb.AwsApi.Responses;

namespace CloudLb.AwsApi.SigV4;

/// <summary>From a canonical request to its signature.</summary>
internal static class RequestSignature
{
    /// <summary>A usual canonical request has some 350 bytes.</summary>
    private const int UsualLength = 1024;

    /// <param name="digits">Takes the 64 lower-case hexadecimal digits.</param>
    public static void Compute(
        in CanonicalRequest request, DateTimeOffset time, in CredentialScope scope, SigningKey key, Span<byte> digits)
    {
        Span<byte> hash = stackalloc byte[Hex.HashLength];
        Sign(request, time, scope, key, hash);
        Convert.TryToHexStringLower(hash, digits, out _);
    }

    /// <summary>Whether the digits are those of the request's signature. Digits that are wrong all take as long.</summary>
    /// <param name="digits">As they were sent, hostile; they are in lower case.</param>
    public static bool IsOf(in CanonicalRequest request, DateTimeOffset time, in CredentialScope scope, SigningKey key, string digits)
    {
        Span<byte> given = stackalloc byte[Hex.HashLength];
        if (digits.Length != Hex.HashDigits
            || digits.AsSpan().ContainsAnyInRange('A', 'F')
            || Convert.FromHexString(digits, given, out _, out _) != OperationStatus.Done)
        {
            return false;
        }

        Span<byte> right = stackalloc byte[Hex.HashLength];
        Sign(request, time, scope, key, right);
        return CryptographicOperations.FixedTimeEquals(right, given);
    }

    private static void Sign(in CanonicalRequest request, DateTimeOffset time, in CredentialScope scope, SigningKey key, Span<byte> hash)
    {
        using var buffer = new Utf8Buffer(UsualLength);
        request.WriteTo(buffer);
        Sha256.Hash(buffer.Span, hash);

        buffer.Trim(buffer.Length);
        WriteStringToSign(buffer, time, scope, hash);
        key.Sign(buffer.Span, hash);
    }

    private static void WriteStringToSign(Utf8Buffer buffer, DateTimeOffset time, in CredentialScope scope, ReadOnlySpan<byte> requestHash)
    {
        buffer.Append("AWS4-HMAC-SHA256\n"u8);
        SigningTime.Write(time, buffer.Reserve(SigningTime.BasicLength));
        buffer.Advance(SigningTime.BasicLength);
        buffer.Append((byte)'\n');
        buffer.Append(scope.Date);
        buffer.Append((byte)'/');
        buffer.Append(scope.Region);
        buffer.Append((byte)'/');
        buffer.Append(scope.Service);
        buffer.Append((byte)'/');
        buffer.Append(scope.Terminator);
        buffer.Append((byte)'\n');
        Hex.Append(buffer, requestHash);
    }
}
