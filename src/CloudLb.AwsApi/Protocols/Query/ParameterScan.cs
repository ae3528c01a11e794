using System.Text;
using CloudLb.AwsApi.Requests;

namespace CloudLb.AwsApi.Protocols.Query;

/// <summary>
/// Looks through a form or a query string without taking it apart: what is wrong with it, and single parameters. Costs no memory, whoever
/// sent it.
/// </summary>
internal static class ParameterScan
{
    /// <exception cref="WireException">An escape is broken, or a limit is passed: what <see cref="ParameterParser"/> would say.</exception>
    public static void Check(ReadOnlySpan<byte> encoded)
    {
        var count = 0;
        foreach (var range in encoded.Split((byte)'&'))
        {
            var pair = encoded[range];
            if (pair.IsEmpty)
            {
                continue;
            }

            if (count++ == RequestLimits.MaxParameters)
            {
                throw new WireException(RequestErrors.TooManyParameters);
            }

            var equals = pair.IndexOf((byte)'=');
            if ((equals < 0 ? pair.Length : equals) > RequestLimits.MaxNameLength)
            {
                throw new WireException(RequestErrors.NameTooLong);
            }

            PercentEncoding.Check(pair);
        }
    }

    /// <summary>
    /// The first parameter of that name, decoded; null when there is none. An empty one is found, so that a second of the name does not
    /// count.
    /// </summary>
    public static string? Find(ReadOnlySpan<byte> encoded, string name)
    {
        Span<byte> wanted = stackalloc byte[64];
        wanted = wanted[..Encoding.UTF8.GetBytes(name, wanted)];
        foreach (var range in encoded.Split((byte)'&'))
        {
            var pair = encoded[range];
            var equals = pair.IndexOf((byte)'=');
            if (Is(equals < 0 ? pair : pair[..equals], wanted))
            {
                return equals < 0 ? "" : PercentEncoding.Decode(pair[(equals + 1)..]);
            }
        }

        return null;
    }

    private static bool Is(ReadOnlySpan<byte> encodedName, ReadOnlySpan<byte> wanted)
    {
        if (encodedName.SequenceEqual(wanted))
        {
            return true;
        }

        // Not longer than three bytes for each that is wanted, so that it may be decoded in place.
        Span<byte> decoded = stackalloc byte[3 * 64];
        return encodedName.Length > wanted.Length && encodedName.Length <= 3 * wanted.Length && encodedName.Contains((byte)'%')
            && decoded[..PercentEncoding.Decode(encodedName, decoded)].SequenceEqual(wanted);
    }
}
