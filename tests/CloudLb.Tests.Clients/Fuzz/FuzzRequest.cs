using System.Text;

namespace CloudLb.Tests.Clients.Fuzz;

/// <summary>A request as it goes over the wire, and what its answer is held against.</summary>
/// <param name="Kind">For the counts: what sort of request it is.</param>
internal sealed record FuzzRequest(string Kind, byte[] Bytes)
{
    /// <summary>Bytes, in a message.</summary>
    private const int MostTold = 4096;

    /// <summary>No caller stands behind it who could have signed it: an answer of success would be a forgery.</summary>
    public bool IsForged { get; init; }

    /// <summary>It may be no HTTP, or end early: the answer may be HTTP's alone, or none, and the connection ends with it.</summary>
    public bool IsBroken { get; init; }

    /// <summary>It asks what no API answers: <c>/health</c>, <c>/metrics</c>.</summary>
    public bool IsMonitoring { get; init; }

    public bool IsHead => Bytes.AsSpan().StartsWith("HEAD "u8);

    /// <summary>For a message: bytes that are no text are escaped.</summary>
    public override string ToString() =>
        $"[{Kind}] {string.Concat(Encoding.Latin1.GetString(Bytes.AsSpan(0, Math.Min(Bytes.Length, MostTold))).Select(Shown))}";

    private static string Shown(char character) => character switch
    {
        '\r' => "",
        '\n' or (>= ' ' and <= '~') => $"{character}",
        _ => $"\\x{(int)character:x2}",
    };
}
