using System.Globalization;
using System.Text;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// Regular expressions for a status of gRPC in an answer of HTTP/2 that is written as hexadecimal digits. Servers write its name and its
/// value plainly or by the code of HPACK (RFC 7541, appendix B), each after its length.
/// </summary>
internal static class GrpcStatusExpression
{
    /// <summary>A status of one or two digits; its value is a group.</summary>
    public const string Any = $"{Name}([08]1..|[08]2....)";

    private const string Name = "(?:0B677270632D737461747573|889ACAC8B21234DA8F)";
    private const int LastCode = 16;

    private static readonly string[] _digits =
        ["00000", "00001", "00010", "011001", "011010", "011011", "011100", "011101", "011110", "011111"];

    /// <summary>HAProxy's converters from a value to its number. What gRPC does not know is "unknown" to it, and 2.</summary>
    public static readonly string Codes = string.Join(
        ',',
        [
            """regsub("^0[12]3(.)(?:3(.))?$","\1\2")""",
            .. Enumerable.Range(0, LastCode + 1).Select(code => $"regsub(^{Coded(code)}$,{code})"),
            "regsub(^8[12].*$,2)",
        ]);

    /// <summary>One of these statuses, from 0 to 99.</summary>
    public static string Of(IEnumerable<int> statuses) =>
        $"{Name}(?:{string.Join('|', statuses.Select(status => $"{Plain(status)}|{Coded(status)}"))})";

    private static string Plain(int status)
    {
        var text = status.ToString(CultureInfo.InvariantCulture);
        return $"0{text.Length}{Convert.ToHexString(Encoding.ASCII.GetBytes(text))}";
    }

    /// <summary>The digits' codes one after the other, filled up to whole bytes with ones.</summary>
    private static string Coded(int status)
    {
        const int BitsOfByte = 8;
        var bits = string.Concat(status.ToString(CultureInfo.InvariantCulture).Select(digit => _digits[digit - '0']));
        var bytes = (bits.Length + BitsOfByte - 1) / BitsOfByte;
        var value = Convert.ToInt32(bits.PadRight(bytes * BitsOfByte, '1'), fromBase: 2);
        return $"8{bytes}{value.ToString($"X{2 * bytes}", CultureInfo.InvariantCulture)}";
    }
}
