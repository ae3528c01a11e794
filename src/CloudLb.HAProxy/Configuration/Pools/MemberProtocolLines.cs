using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// Which requests a pool takes: where its members speak HTTP/2, those of clients that do, and else no calls of gRPC. What an earlier
/// process passes on says what its client spoke; one of an older version does not, and is taken.
/// </summary>
internal static class MemberProtocolLines
{
    private const string Major = "txn.major";

    // A client has named https, and servers without TLS refuse requests that do (Kestrel). What an earlier process passes on names
    // nothing, which is https too (2.6.12).
    private const string Plain = """
          http-request replace-uri ^https:(.*)$ http:\1
          http-request set-uri http://%[req.hdr(host)]%[url] if { url -m beg / } { req.hdr(host) -m reg ^[A-Za-z0-9._:\[\]-]+$ }
        """;

    private const string IsOverHttp2 = "over_http2";

    private const string OverHttp2 = $$"""
          acl {{IsOverHttp2}} fc_http_major 2
          acl {{IsOverHttp2}} {{PassOnSections.Major}} -m str 2
        """;

    // What tells most requests apart comes first. The type of gRPC-Web, which goes over HTTP/1.1 as well, is another one.
    private const string IsPost = "{ method POST }", IsCall = "{ req.fhdr(content-type) -m reg -i '^application/grpc(?:[+;]|$)' }";

    public static void Write(ConfigText text, PlannedLoadBalancer planned, PlannedPool pool)
    {
        if (pool.MemberProtocol == MemberProtocol.Http1)
        {
            if (pool.Mode == TrafficMode.Http && Http2Lines.IsSpoken(planned))
            {
                text.Block(OverHttp2);
                const string Call = $"{IsPost} {IsOverHttp2} {IsCall}";
                BodyLines.WriteWait(text, Call);
                Refuse(text, planned, Call);
            }

            return;
        }

        text.Line("http-request").Constant($"set-var({Major}) fc_http_major");
        text.Line("http-request").Constant($"set-var({Major}) {PassOnSections.Major} if {{ {PassOnSections.IsPassedOn} }}");
        Refuse(text, planned, $"{{ var({Major}) -m int 1 }}");
        if (pool.MemberProtocol == MemberProtocol.Grpc)
        {
            Refuse(text, planned, "!{ method POST }");
        }

        if (!pool.IsHttp2Secure)
        {
            text.Block(Plain);
        }
    }

    private static void Refuse(ConfigText text, PlannedLoadBalancer planned, string condition)
    {
        var line = text.Line("http-request").Constant("return status 464");
        if (planned.Answers.Server is { } server)
        {
            line.Constant("hdr Server").Quoted(server).Constant("hdr Date %[date,http_date]");
        }

        line.Constant($"if {condition}");
    }
}
