namespace CloudLb.HAProxy.Configuration;

/// <summary>A client that stops in the middle of its body is told 408, as at AWS, and not the 504 of an instance that is too slow.</summary>
/// <remarks>
/// While HAProxy waits for an answer it lets the instance's time run out and not the client's (2.6.12), and says 504 either way. What tells them apart is
/// whether the body has come as far as its Content-Length says, by HAProxy's own count of bytes, which is kept up to date by <c>contstats</c>. So nothing
/// is held back until a body is complete. Of a chunked body nobody knows when it would have been: there it stays 504. A request without a body costs four
/// conditions (1,500 instructions of 42,000, counted with callgrind; <c>contstats</c> itself none that could be seen).
/// </remarks>
internal static class StalledBodyLines
{
    // Before every rule that changes the head, whose length they take for what has come. The time to the first byte of
    // an answer (%Tr) is -1 where none came: an instance's own 504 stays.
    public const string Common = """
          option contstats
          http-request set-var(txn.early) req.body_len if { req.body_size gt 0 }
          http-request set-var(txn.missing) req.body_size,sub(txn.early) if { var(txn.early) -m found }
          http-request set-var(txn.due) req.len,add(txn.missing) if { var(txn.early) -m found }
          http-after-response set-var-fmt(txn.came) %U if { var(txn.due) -m found } { status 504 }
          http-after-response set-var-fmt(txn.answer) %Tr if { var(txn.came) -m found }
          http-after-response set-status 408 reason REQUEST_TIMEOUT if { var(txn.answer) -m str -- -1 } { var(txn.due),sub(txn.came) -m int gt 0 }
        """;
}
