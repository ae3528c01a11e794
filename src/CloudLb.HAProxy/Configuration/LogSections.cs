namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// The rules by which HAProxy writes down what <see cref="AccessLog.RawLogLine"/> reads. Texts of clients are in base64, so that nothing in
/// them can end a field or a line.
/// </summary>
/// <remarks>
/// Times are microseconds since 1970; HAProxy's clock moves once for each wake-up of a thread, so steps shorter than that show none (2.6).
/// Bytes are counted with headers: what a body had is found by the length of everything less that of the body when the headers had arrived.
/// </remarks>
internal static class LogSections
{
    private const string Times = "H %[var(txn.t0)] %[var(txn.t1)] %[var(txn.t2)] %[date(0,us)]";
    private const string Counts = "%ci %cp %si %sp %Tw %Tc %Ta %ST %[var(txn.bst)] %U %B %[var(txn.ql)] %[var(txn.qb)] %[var(txn.qc)] "
        + "%[var(txn.rl)] %[var(txn.rb)] %[var(txn.rc)] %[var(txn.re)]";
    private const string Texts = "%[var(txn.m),base64] %[var(txn.v),base64] %[var(txn.host),base64] %[var(txn.url),base64] " +
        "%[var(txn.ua),base64]";

    // A target is longer than AWS takes it where it has more than 16 KiB; the rest is left out. Base64 of each text must fit into a buffer.
    private const string HttpRequest = """
          http-request set-var(txn.t0) date(0,us)
          http-request set-var(txn.m) method,bytes(0,128)
          http-request set-var(txn.v) req.ver
          http-request set-var(txn.host) req.fhdr(host),bytes(0,1024)
          http-request set-var(txn.url) url,bytes(0,16384)
          http-request set-var(txn.ua) req.fhdr(user-agent),bytes(0,8192)
          http-request set-var(txn.ql) req.len
          http-request set-var(txn.qb) req.body_len
          http-request set-var(txn.qc) req.hdr_val(content-length)
        """;

    private const string HttpListener = $"""
          option dontlognull
          log-format "{Times} %f {Counts} %sslc %sslv {Texts}"
          error-log-format "E %[date(0,us)] %f %ci %cp %ST %Ta %sslc %sslv"
        {HttpRequest}
        """;

    private const string HttpPool = """
          http-request set-var(txn.t1) date(0,us)
          http-response set-var(txn.t2) date(0,us)
          http-response set-var(txn.bst) status
          http-response set-var(txn.rl) res.len
          http-response set-var(txn.rb) res.body_len
          http-response set-var(txn.rc) res.hdr_val(content-length)
          http-response set-var(txn.re) res.fhdr(transfer-encoding),length
        """;

    /// <summary>
    /// For requests that another process has passed on: the line of the listener that they came to, with what that process has told of its
    /// TLS. There it would know nothing of the instance.
    /// </summary>
    public const string PassedOn = $"""
          option dontlognull
          log-format "{Times} %[var(txn.listener)] {Counts} %[var(txn.from),field(3,/)] %[var(txn.from),field(4,/)] {Texts}"
        {HttpRequest}
        """;

    /// <summary>Beside it, as one section takes those of all load balancers.</summary>
    public const string OfLoggedAlone = """
          http-request set-log-level silent unless { var(txn.to),field(2,/) -m found }
        """;

    // What a connection is given before its first byte is read; a rule of another kind would not be seen by the log.
    private const string TcpListener = """
          log-format "T %[var(sess.t0)] %[date(0,us)] %f %ci %cp %si %sp %Tw %Tc %Tt %U %B %sslc %sslv"
          error-log-format "F %[date(0,us)] %f %ci %cp %Tt %sslc %sslv"
          tcp-request content set-var(sess.t0) date(0,us)
        """;

    // The longest line: base64 of a target, a user agent and a host, and some 500 characters of numbers and names.
    private const string Format = "len 49152 format raw local0 info";

    public static string Listener(bool isHttp) => isHttp ? HttpListener : TcpListener;

    /// <summary>Rules of a pool whose listeners are logged.</summary>
    public static string Pool => HttpPool;

    /// <summary>The file of a listener.</summary>
    public static void WriteTarget(ConfigText text, LogSlot slot) => text.Line("log").Constant($"fd@{slot.Descriptor} {Format}");
}
