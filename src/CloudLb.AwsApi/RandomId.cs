using System.Security.Cryptography;

namespace CloudLb.AwsApi;

/// <summary>
/// Random ids, as good as those of <see cref="Guid.NewGuid"/>, which has the system asked for the bytes of each: two for every call.
/// </summary>
internal static class RandomId
{
    private const int Length = 16;
    private const int AtOnce = 64;

    [ThreadStatic]
    private static byte[]? _bytes;

    [ThreadStatic]
    private static int _left;

    public static Guid New()
    {
        _bytes ??= new byte[AtOnce * Length];
        if (_left == 0)
        {
            RandomNumberGenerator.Fill(_bytes);
            _left = AtOnce;
        }

        // RFC 9562: version 4 in the third group's first digit, the variant in the fourth's first bits.
        var id = _bytes.AsSpan(--_left * Length, Length);
        id[7] = (byte)((id[7] & 0x0F) | 0x40);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new(id);
    }
}
