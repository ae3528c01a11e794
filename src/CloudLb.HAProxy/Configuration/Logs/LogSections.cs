using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// The rules by which HAProxy writes down what <see cref="AccessLog.RawLogReader"/> reads. It writes texts of clients in a spelling that
/// keeps them within their fields: <c>#XX</c> for quotes, <c>#</c> and what is not printable ASCII, and for braces and bars where they
/// stand between these.
/// </summary>
/// <remarks>
/// Chosen by counting instructions (2.6.12): a variable is 500 to write and 500 to read, a slot that is captured 600 for both and less for
/// a header, an address in hexadecimal 470 where in decimal it is 1,900.
/// Times are microseconds since 1970; HAProxy's clock moves once for each wake-up of a thread, so steps shorter than that show none (2.6).
/// Bytes are counted with headers: what a body had is found by the length of everything less that of the body when the headers had arrived.
/// </remarks>
internal static class LogSections
{
    /// <summary>
    /// What is kept of a request line: a method that is allowed, the longest target that is written (AWS takes none of more than 16 KiB),
    /// and the version.
    /// </summary>
    public const int LongestRequestLine = 128 + 16384 + 32;

    /// <summary>A line that has as much was cut by HAProxy, which takes no more, at an escaped character of its end.</summary>
    public const int LongestLine = 65535;

    // What each slot is for, in the order of the declarations. Of a coding that it is there is enough.
    private const string Captures = """
          capture request header Host len 1024
          capture request header User-Agent len 8192
          capture request header Content-Length len 20
          capture request header Transfer-Encoding len 1
          capture request header Upgrade len 1
          declare capture request len 16
          capture response header Content-Length len 20
          capture response header Transfer-Encoding len 1
          declare capture response len 16
          declare capture response len 20
          declare capture response len 20
          declare capture response len 3
        """;

    // The last slot of a request is the id by which members know it.
    private const string ApplicationCaptures = $"""
        {Captures}
          declare capture request len 512
        """;

    // What can be in two words is in base64: a location has what clients have sent.
    private const string Decision = "%b %ts %[var(txn.rule)] %[var(txn.did)] %[var(txn.location),base64] %[var(txn.close)] " +
        "%[var(sess.id)]";

    // What the connection is known by, and what the rule has made of host and target.
    private const string Rest = "%[var(sess.cert)] %[var(txn.new)] %[var(txn.host),base64] %[var(txn.pathq),base64]";

    // A request comes to its pool in the step in which its head was read.
    private const string HttpPool = """
          http-request capture date(0,us) id 5
          http-response capture date(0,us) id 2
          http-response capture res.len id 3
          http-response capture res.body_len id 4
          http-response capture status id 5
        """;

    // Before anything is added to the head; most requests have no body.
    private const string HttpRequest = $"""
          http-request set-var-fmt(txn.begun) %[req.len]/%[req.body_len] if {HasMore}
        """;

    private const string HasMore = "{ capture.req.hdr(2) -m found } or { capture.req.hdr(3) -m found } " +
        "or { capture.req.hdr(4) -m found }";

    private const string Numbers = "%[src,hex] %cp %[bc_dst,hex] %sp %TR %Tw %Tc %Ta %ST %U %B %[var(txn.begun)]";

    private const string HttpListener = $"""
          option dontlognull
          log-format "R %[date(0,us)] %f {Numbers} %sslc %sslv %hr %hs %r"
          error-log-format "E %[date(0,us)] %f %ci %cp %ST %Ta %sslc %sslv"
        """;

    /// <summary>
    /// The same rule of a request for listeners that have told the usual one from others: what has a body is none. It spares 420
    /// instructions (2.6.12, counted with callgrind).
    /// </summary>
    public const string UnusualRequest = $"""
          acl has_more capture.req.hdr(2) -m found
          acl has_more capture.req.hdr(3) -m found
          acl has_more capture.req.hdr(4) -m found
          http-request set-var-fmt(txn.begun) %[req.len]/%[req.body_len] if {DesyncLines.IsUnusual} has_more
        """;

    private const string ApplicationListener = $"""
          option dontlognull
          log-format "B %[date(0,us)] %f {Numbers} %sslc %sslv {Decision} %[ssl_fc_sni,base64] {Rest} %hr %hs %r"
          error-log-format "{ConnectionLogLines.Failed}"
        {ConnectionLogLines.FirstRequest}
        """;

    private const string Identity = """
          tcp-request connection set-var(sess.id) uuid
        """;

    private const string Traced = """
          http-request capture req.fhdr(x-amzn-trace-id) id 6
        """;

    /// <summary>
    /// For requests that another process has passed on: the line of the listener that they came to, with what that process has told of its
    /// TLS. There it would know nothing of the instance.
    /// </summary>
    public const string PassedOn = $"""
        {Captures}
          option dontlognull
          log-format "R %[date(0,us)] %[var(txn.listener)] {Numbers} %[var(txn.from),field(3,/)] %[var(txn.from),field(4,/)] %hr %hs %r"
        {HttpRequest}
        """;

    /// <summary>The same where any load balancer has rules, for all: what a listener has not is not there.</summary>
    public const string ApplicationPassedOn = $"""
        {ApplicationCaptures}
          option dontlognull
          log-format "B %[date(0,us)] %[var(txn.listener)] {Numbers} {PassedOnTls} {Decision} {PassedOnName} {Rest} %hr %hs %r"
        {HttpRequest}
        {Traced}
        """;

    private const string PassedOnTls = "%[var(txn.from),field(3,/)] %[var(txn.from),field(4,/)]";

    private const string PassedOnName = "%[var(txn.from),field(9,/),ub64dec,base64]";

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

    /// <summary>In the listeners' common section.</summary>
    public static string Listener(bool isHttp) => isHttp ? HttpListener : TcpListener;

    /// <summary>
    /// What a listener keeps of its requests and answers. It stands in each, as HAProxy takes it in no common section, and before the rules
    /// of the listener's pools, which fill it.
    /// </summary>
    public static void WriteCaptures(ConfigText text, bool isApplication) => text.Block(isApplication ? ApplicationCaptures : Captures);

    /// <summary>In the common section of listeners with rules.</summary>
    public static void WriteApplication(ConfigText text) => text.Block(ApplicationListener);

    /// <summary>Rules of such a listener, after those that give requests an id.</summary>
    public static void WriteIdentity(ConfigText text, PlannedLoadBalancer planned, PlannedListener listener)
    {
        text.Block(Identity);
        ConnectionLogLines.WriteListener(text, planned, listener);
        if (planned.IsLogged)
        {
            text.Block(Traced);
        }
    }

    /// <summary>Whether anything of a load balancer is logged.</summary>
    public static bool IsAny(PlannedLoadBalancer planned) => planned.IsLogged || planned.AreConnectionsLogged;

    /// <summary>Whether anything of a listener is; of a network load balancer's, as at AWS, what comes by TLS alone.</summary>
    public static bool IsAny(PlannedLoadBalancer planned, PlannedListener listener) =>
        listener.Mode == TrafficMode.Http ? IsAny(planned) : planned.IsLogged && (IsPlain(planned) || listener.Tls is not null);

    /// <summary>Whether a listener's lines are those of <see cref="TlsLogLines"/>.</summary>
    public static bool IsOfTls(PlannedLoadBalancer planned, PlannedListener listener) =>
        listener.Mode != TrafficMode.Http && !IsPlain(planned) && IsAny(planned, listener);

    private static bool IsPlain(PlannedLoadBalancer planned) => planned.Answers.Style == ProxyName.PlainKind;

    /// <summary>Whether its lines are those of one with rules.</summary>
    public static bool IsApplication(PlannedLoadBalancer planned) =>
        IsAny(planned) && !IsPlain(planned);

    /// <summary>Whether lines tell which rule a request has met, and what was done.</summary>
    public static bool TellsDecisions(PlannedLoadBalancer planned) => planned.IsLogged && IsApplication(planned);

    /// <summary>In a pool whose listeners are logged, before what may refuse an answer.</summary>
    public static void WritePool(ConfigText text) => text.Block(HttpPool);

    /// <summary>In the global section.</summary>
    public static void WriteGlobal(ConfigText text) => text.Line("tune.http.logurilen").Number(LongestRequestLine);

    /// <summary>The file of a listener.</summary>
    public static void WriteTarget(ConfigText text, LogSlot slot) =>
        text.Line("log").Constant($"fd@{slot.Descriptor} len {LongestLine} format raw local0 info");
}
