using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Configuration;

/// <summary>The three headers by which instances learn who asks, and where.</summary>
/// <remarks>
/// The client's address comes after those that are there, of however many lines, in their order and on one line (RFC 9110, 5.3); an empty
/// line counts for nothing. What a client writes as port or protocol is replaced. A request without X-Forwarded-For, the usual one, costs
/// no condition here: it never comes to <see cref="Joined"/>, and the option is cheaper than a rule (2.6.12, counted with callgrind: 5,520
/// instructions for all three). Literal values would spare 560 of them, but only as rules of each listener, which come after those of the
/// defaults: then the usual request could not end there (<see cref="DesyncLines"/>), which spares 1,900. A header that is added rather than
/// set spares the look for one that it would replace: 100 instructions, and 500 with a browser's headers.
/// </remarks>
internal static class ForwardedLines
{
    /// <summary>What every request gets that comes with no address.</summary>
    public const string Address = """
          option forwardfor if-none
        """;

    /// <summary>Whether a request comes from further than AWS's application load balancers take it.</summary>
    public const string IsTooMany = "{ req.hdr_cnt(x-forwarded-for) gt 30 }";

    /// <summary>What <see cref="DesyncLines"/> looks for, for <see cref="Joined"/> and <see cref="Placed"/>.</summary>
    public const string Looked = "x-forwarded-(?:for|port|proto):";

    /// <summary>What every request gets, where nothing is known of it.</summary>
    public const string Place = """
          http-request set-header X-Forwarded-Port %[dst_port]
          http-request set-header X-Forwarded-Proto %[ssl_fc,iif(https,http)]
        """;

    /// <summary>The same where the usual request, which has none of them, has been told from others.</summary>
    public const string Added = """
          http-request add-header X-Forwarded-Port %[dst_port]
          http-request add-header X-Forwarded-Proto %[ssl_fc,iif(https,http)]
        """;

    /// <summary>For those others, after it.</summary>
    public const string Placed = """
          http-request set-header X-Forwarded-Port %[dst_port] if { req.fhdr_cnt(x-forwarded-port) gt 1 }
          http-request set-header X-Forwarded-Proto %[ssl_fc,iif(https,http)] if { req.fhdr_cnt(x-forwarded-proto) gt 1 }
        """;

    /// <summary>
    /// For requests with X-Forwarded-For. Of one line with a value that value; of anything else first each line of the head turned into its
    /// value or nothing, and then what stands between values into commas. The first rule leaves one line with a value, so that the second
    /// finds nothing of its own.
    /// </summary>
    public static readonly string Joined = JoinedWith("src");

    // An address with colons stands between brackets where a port follows.
    private static readonly string WithPort = $$"""
          http-request set-var-fmt(txn.client) '%[src]:%[src_port]'
          http-request set-var-fmt(txn.client) '[%[src]]:%[src_port]' if { src -m sub : }
        {{JoinedWith("var(txn.client)")}}
          http-request set-header X-Forwarded-For %[var(txn.client)] unless { req.fhdr(x-forwarded-for) -m found }
        """;

    private const string Removed = """
          http-request del-header X-Forwarded-For
        """;

    /// <summary>The rules of a listener whose defaults have none for X-Forwarded-For.</summary>
    public static void Write(ConfigText text, PlannedHttp http)
    {
        switch (http.ForwardedFor)
        {
            case ForwardedFor.Remove:
                text.Block(Removed);
                break;
            case ForwardedFor.Append when http.TellsClientPort:
                text.Block(WithPort);
                break;
            case ForwardedFor.Append:
                text.Block(Address);
                text.Block(Joined);
                break;
        }
    }

    private static string JoinedWith(string client) => $$"""
          http-request set-header X-Forwarded-For '%[req.fhdr(x-forwarded-for)], %[{{client}}]' if { req.fhdr(x-forwarded-for,1) -m len 1: } !{ req.fhdr(x-forwarded-for,2) -m found }
          http-request set-header X-Forwarded-For '%[req.hdrs,regsub("(?i)(?:x-forwarded-for:[ ]*([^\r\n]*)|[^\r\n]*)\r\n","\1\n",g),regsub("\n+",", ",g),regsub("^, ","")]%[{{client}}]' if { req.fhdr(x-forwarded-for,2) -m found } or { req.fhdr(x-forwarded-for,1) -m len 0 }
        """;
}
