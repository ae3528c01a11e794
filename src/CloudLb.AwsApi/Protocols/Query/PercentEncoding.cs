using System.Buffers;
using System.Text;
using CloudLb.AwsApi.Requests;

namespace CloudLb.AwsApi.Protocols.Query;

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

    /// <exception cref="WireException">An escape is broken.</exception>
    public static void Check(ReadOnlySpan<byte> encoded)
    {
        for (var at = encoded.IndexOf((byte)'%'); at >= 0; at = encoded.IndexOf((byte)'%'))
        {
            encoded = encoded[at..];
            _ = Escaped(encoded);
            encoded = encoded[3..];
        }
    }

    /// <returns>How many bytes were written; never more than there were.</returns>
    /// <exception cref="WireException">An escape is broken.</exception>
    public static int Decode(ReadOnlySpan<byte> encoded, Span<byte> decoded)
    {
        var length = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            if (encoded[i] != '%')
            {
                decoded[length++] = encoded[i] == '+' ? (byte)' ' : encoded[i];
                continue;
            }

            decoded[length++] = Escaped(encoded[i..]);
            i += 2;
        }

        return length;
    }

    /// <param name="escape">Begins with one.</param>
    private static byte Escaped(ReadOnlySpan<byte> escape)
    {
        if (escape.Length < 3)
        {
            throw new WireException(RequestErrors.IncompleteEscape);
        }

        // FromHexString would throw for the caller's mistake; an escape has just two digits.
        if (!char.IsAsciiHexDigit((char)escape[1]) || !char.IsAsciiHexDigit((char)escape[2]))
        {
            throw new WireException(RequestErrors.IllegalEscape(Encoding.UTF8.GetString(escape[..3])));
        }

        return (byte)((Digit(escape[1]) << 4) | Digit(escape[2]));
    }

    private static int Digit(byte hex) => hex <= '9' ? hex - '0' : (hex | 0x20) - 'a' + 10;
}
