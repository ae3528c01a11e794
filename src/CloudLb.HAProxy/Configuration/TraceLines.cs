namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// X-Amzn-Trace-Id: <c>Root=1-</c>, the time in eight digits, a hyphen and 24 digits, all of them hexadecimal; where a client has sent one,
/// <c>Self=</c> and the same come before it, and its own Self is left out.
/// </summary>
internal static class TraceLines
{
    public const string Traced = """
          http-request set-var-fmt(txn.trace_time) %{+X}Ts
          http-request set-var-fmt(txn.trace) "1-%[var(txn.trace_time),lower]-%[uuid,regsub(-,,g),bytes(0,24)]"
          http-request set-var(txn.traced) req.fhdr(x-amzn-trace-id,1)
          http-request set-header X-Amzn-Trace-Id "Root=%[var(txn.trace)]" unless { var(txn.traced) -m len 1: }
          http-request set-header X-Amzn-Trace-Id "Self=%[var(txn.trace)];%[var(txn.traced),regsub('Self=[^;]*;?',,g)]" if { var(txn.traced) -m len 1: }
        """;
}
