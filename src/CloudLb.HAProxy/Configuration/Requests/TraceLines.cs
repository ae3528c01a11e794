namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// X-Amzn-Trace-Id: <c>Root=1-</c>, the time in eight digits, a hyphen and 24 digits, all of them hexadecimal; where a client has sent one,
/// <c>Self=</c> and the same come before it, and its own Self is left out. One of more than 7 KiB is replaced, as at AWS.
/// </summary>
/// <remarks>
/// A number becomes eight bytes for <c>hex</c>, of which the last four are random (2.6 to 3.4); <c>xxh64</c> makes eight of them. Digits as
/// they are written into the header take 2,600 instructions. By way of variables they took 6,900, and a <c>uuid</c> without its hyphens
/// 6,500 more (2.6.12, counted with callgrind).
/// </remarks>
internal static class TraceLines
{
    /// <summary>What <see cref="DesyncLines"/> looks for, for <see cref="Continued"/>.</summary>
    public const string Looked = "x-amzn-trace-id:";

    private const string Id = "1-%[date,hex,bytes(8,8),lower]-%[rand,xxh64,hex,lower]%[rand,hex,bytes(8,8),lower]";

    private const string IsTraced = "{ req.fhdr(x-amzn-trace-id,1) -m len 1:7168 }";

    private const string Sent = "%[req.fhdr(x-amzn-trace-id,1),regsub('Self=[^;]*;?',,g)]";

    /// <summary>For the usual request, which has none.</summary>
    public const string Traced = $$"""
          http-request add-header X-Amzn-Trace-Id "Root={{Id}}" unless {{DesyncLines.IsUnusual}}
        """;

    /// <summary>For any other, where both come.</summary>
    public const string ContinuedAlone = $$"""
          http-request set-header X-Amzn-Trace-Id "Self={{Id}};{{Sent}}" if {{DesyncLines.Only}}{{IsTraced}}
          http-request set-header X-Amzn-Trace-Id "Root={{Id}}" if {{DesyncLines.Only}}!{{IsTraced}}
        """;

    /// <summary>For any other.</summary>
    public const string Continued = $$"""
          http-request set-header X-Amzn-Trace-Id "Self={{Id}};{{Sent}}" if {{IsTraced}}
          http-request set-header X-Amzn-Trace-Id "Root={{Id}}" unless {{IsTraced}}
        """;
}
