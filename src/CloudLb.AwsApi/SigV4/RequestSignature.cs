using System.Security.Cryptography;
using CloudLb.AwsApi.Responses;

namespace CloudLb.AwsApi.SigV4;

/// <summary>From a canonical request to its signature.</summary>
internal static class RequestSignature
{
    /// <summary>A usual canonical request has some 350 bytes.</summary>
    private const int UsualLength = 1024;

    /// <param name="digits">Takes the 64 lower-case hexadecimal digits.</param>
    public static void Compute(in CanonicalRequest request, DateTimeOffset time, in CredentialScope scope, byte[] key, Span<byte> digits)
    {
        using var buffer = new Utf8Buffer(UsualLength);
        Span<byte> hash = stackalloc byte[Hex.HashLength];
        request.WriteTo(buffer);
        SHA256.HashData(buffer.Span, hash);

        buffer.Trim(buffer.Length);
        WriteStringToSign(buffer, time, scope, hash);
        HMACSHA256.HashData(key, buffer.Span, hash);
        Convert.TryToHexStringLower(hash, digits, out _);
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
