using System.Buffers;
using System.Text;

namespace CloudLb.AwsQuery.Requests;

/// <summary>The encoding of form bodies and query strings: <c>%XX</c>, and <c>+</c> for a blank.</summary>
internal static class PercentEncoding
{
    private const int MaxOnStack = 256;

    /// <summary>Bytes that are not UTF-8 become U+FFFD.</summary>
    /// <exception cref="WireException">An escape is broken.</exception>
    public static string Decode(ReadOnlySpan<byte> encoded)
    {
        if (encoded.IndexOfAny((byte)'%', (byte)'+') < 0)
        {
            return Encoding.UTF8.GetString(encoded);
        }

        var rented = encoded.Length > MaxOnStack ? ArrayPool<byte>.Shared.Rent(encoded.Length) : null;
        Span<byte> decoded = rented ?? stackalloc byte[MaxOnStack];
        try
        {
            return Encoding.UTF8.GetString(decoded[..Decode(encoded, decoded)]);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    private static int Decode(ReadOnlySpan<byte> encoded, Span<byte> decoded)
    {
        var length = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            if (encoded[i] != '%')
            {
                decoded[length++] = encoded[i] == '+' ? (byte)' ' : encoded[i];
                continue;
            }

            if (i + 2 >= encoded.Length)
            {
                throw new WireException(RequestErrors.IncompleteEscape);
            }

            // FromHexString would throw for the caller's mistake; an escape has just two digits.
            var (high, low) = (char.IsAsciiHexDigit((char)encoded[i + 1]), char.IsAsciiHexDigit((char)encoded[i + 2]));
            if (!high || !low)
            {
                throw new WireException(RequestErrors.IllegalEscape(Encoding.UTF8.GetString(encoded.Slice(i, 3))));
            }

            decoded[length++] = (byte)((Digit(encoded[i + 1]) << 4) | Digit(encoded[i + 2]));
            i += 2;
        }

        return length;
    }

    private static int Digit(byte hex) => hex <= '9' ? hex - '0' : (hex | 0x20) - 'a' + 10;
}
