namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// X-Amzn-Trace-Id: <c>Root=1-</c>, the time in eight digits, a hyphen and 24 digits, all of them hexadecimal; where a client has sent one,
/// <c>Self=</c> and the same come before it, and its own Self is left out.
/// </summary>
/// <remarks>
/// A number becomes eight bytes for <c>hex</c>, of which the last four are random (2.6 to 3.4). A <c>uuid</c> without its hyphens took
/// 6,500 instructions more, a tenth of a request's (2.6.12, counted with callgrind).
/// </remarks>
internal static class TraceLines
{
    public const string Traced = """
          http-request set-var-fmt(txn.root) 1-%{+X}Ts-%[rand,hex,bytes(8,8)]%[rand,hex,bytes(8,8)]%[rand,hex,bytes(8,8)]
          http-request set-var(txn.trace) var(txn.root),lower
          http-request set-var(txn.traced) req.fhdr(x-amzn-trace-id,1)
          http-request set-header X-Amzn-Trace-Id "Root=%[var(txn.trace)]" unless { var(txn.traced) -m len 1: }
          http-request set-header X-Amzn-Trace-Id "Self=%[var(txn.trace)];%[var(txn.traced),regsub('Self=[^;]*;?',,g)]" if { var(txn.traced) -m len 1: }
        """;
}
