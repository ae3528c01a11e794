using System.Globalization;
using System.Text;

namespace CloudLb.HAProxy.Naming;

/// <summary>
/// How headers are spelled. HAProxy keeps names in lower case; with the names here it writes those that it knows as people know them,
/// towards instances and clients alike. A name that it does not know arrives in lower case, which means the same (RFC 9110, 5.1).
/// </summary>
/// <remarks>
/// The registered names are those of IANA's registry of HTTP field names; the others are usual without being registered. Tried with 2.6.12:
/// a name that stands in the file twice, or in no other spelling than its lower case, has HAProxy refuse its start.
/// </remarks>
internal static class HeaderSpellings
{
    /// <summary>What a load balancer itself writes.</summary>
    private const string Own = "X-Forwarded-For X-Forwarded-Port X-Forwarded-Proto";

    private const string Registered = """
        A-IM Accept Accept-Additions Accept-CH Accept-Charset Accept-Datetime Accept-Encoding Accept-Features Accept-Language Accept-Patch
        Accept-Post Accept-Query Accept-Ranges Accept-Signature Access-Control Access-Control-Allow-Credentials
        Access-Control-Allow-Headers Access-Control-Allow-Methods Access-Control-Allow-Origin Access-Control-Expose-Headers
        Access-Control-Max-Age Access-Control-Request-Headers Access-Control-Request-Method Activate-Storage-Access Age Allow ALPN Alt-Svc
        Alt-Used Alternates AMP-Cache-Transform Apply-To-Redirect-Ref Authentication-Control Authentication-Info Authorization
        Available-Dictionary C-Ext C-Man C-Opt C-PEP C-PEP-Info Cache-Control Cache-Group-Invalidation Cache-Groups Cache-Status
        Cal-Managed-ID CalDAV-Timezones Capsule-Protocol CDN-Cache-Control CDN-Loop Cert-Not-After Cert-Not-Before Clear-Site-Data
        Client-Cert Client-Cert-Chain Close CMCD-Object CMCD-Request CMCD-Session CMCD-Status CMSD-Dynamic CMSD-Static
        Concealed-Auth-Export Configuration-Context Connection Content-Base Content-Digest Content-Disposition Content-Encoding Content-ID
        Content-Language Content-Length Content-Location Content-MD5 Content-Range Content-Script-Type Content-Security-Policy
        Content-Security-Policy-Report-Only Content-Style-Type Content-Type Content-Version Cookie Cookie2 Cross-Origin-Embedder-Policy
        Cross-Origin-Embedder-Policy-Report-Only Cross-Origin-Opener-Policy Cross-Origin-Opener-Policy-Report-Only
        Cross-Origin-Resource-Policy CTA-Common-Access-Token DASL Date DAV Default-Style Delta-Base Deprecation Depth Derived-From
        Destination Detached-JWS Differential-ID Dictionary-ID Digest DPoP DPoP-Nonce Early-Data EDIINT-Features ETag Expect Expect-CT
        Expires Ext Forwarded From GetProfile Hobareg Host HTTP2-Settings If If-Match If-Modified-Since If-None-Match If-Range
        If-Schedule-Tag-Match If-Unmodified-Since IM Include-Referred-Token-Binding-ID Incremental Isolation Keep-Alive Label Last-Event-ID
        Last-Modified Link Link-Template Location Lock-Token Man Max-Forwards Memento-Datetime Meter Method-Check Method-Check-Expires
        MIME-Version Negotiate NEL OData-EntityId OData-Isolation OData-MaxVersion OData-Version Opt Optional-WWW-Authenticate
        Ordering-Type Origin Origin-Agent-Cluster OSCORE OSLC-Core-Version Overwrite P3P PEP PEP-Info Permissions-Policy PICS-Label
        Ping-From Ping-To Position Pragma Prefer Preference-Applied Priority ProfileObject Protocol Protocol-Info Protocol-Query
        Protocol-Request Proxy-Authenticate Proxy-Authentication-Info Proxy-Authorization Proxy-Features Proxy-Instruction Proxy-Status
        Public Public-Key-Pins Public-Key-Pins-Report-Only Range Redirect-Ref Referer Referer-Root Referrer-Policy Refresh
        Repeatability-Client-ID Repeatability-First-Sent Repeatability-Request-ID Repeatability-Result Replay-Nonce Reporting-Endpoints
        Repr-Digest Retry-After Safe Schedule-Reply Schedule-Tag Sec-Fetch-Dest Sec-Fetch-Mode Sec-Fetch-Site Sec-Fetch-Storage-Access
        Sec-Fetch-User Sec-GPC Sec-Purpose Sec-Token-Binding Sec-WebSocket-Accept Sec-WebSocket-Extensions Sec-WebSocket-Key
        Sec-WebSocket-Protocol Sec-WebSocket-Version Security-Scheme Server Server-Timing Set-Cookie Set-Cookie2 Set-Txn SetProfile
        Signature Signature-Input SLUG SoapAction Status-URI Strict-Transport-Security Sunset Surrogate-Capability Surrogate-Control TCN TE
        Timeout Timing-Allow-Origin Topic Traceparent Tracestate Trailer Transfer-Encoding TTL Unencoded-Digest Upgrade Urgency URI
        Use-As-Dictionary User-Agent Variant-Vary Vary Via Want-Content-Digest Want-Digest Want-Repr-Digest Want-Unencoded-Digest Warning
        WWW-Authenticate X-Content-Type-Options X-Frame-Options
        """;

    private const string Usual = """
        Accept-CH-Lifetime CF-Connecting-IP CF-IPCountry CF-Ray CF-Visitor Content-DPR Content-Transfer-Encoding CloudFront-Forwarded-Proto
        CloudFront-Viewer-Address CloudFront-Viewer-Country Device-Memory DNT Downlink DPR ECT Fastly-Client-IP Feature-Policy
        Front-End-Https Idempotency-Key Large-Allocation No-Vary-Search Proxy-Connection Purpose Report-To RTT Save-Data
        Sec-CH-Prefers-Color-Scheme Sec-CH-Prefers-Reduced-Motion Sec-CH-UA Sec-CH-UA-Arch Sec-CH-UA-Bitness Sec-CH-UA-Full-Version
        Sec-CH-UA-Full-Version-List Sec-CH-UA-Mobile Sec-CH-UA-Model Sec-CH-UA-Platform Sec-CH-UA-Platform-Version Service-Worker
        Service-Worker-Allowed Service-Worker-Navigation-Preload SourceMap Speculation-Rules Supports-Loading-Mode Tk True-Client-IP
        Upgrade-Insecure-Requests Viewport-Width Width X-Accel-Buffering X-Accel-Charset X-Accel-Expires X-Accel-Limit-Rate
        X-Accel-Redirect X-Amz-Cf-Id X-Amz-Cf-Pop X-Amz-Content-Sha256 X-Amz-Date X-Amz-Security-Token X-Amz-Target X-Amzn-RequestId
        X-Amzn-Mtls-Clientcert X-Amzn-Mtls-Clientcert-Issuer X-Amzn-Mtls-Clientcert-Leaf X-Amzn-Mtls-Clientcert-Serial-Number
        X-Amzn-Mtls-Clientcert-Subject X-Amzn-Mtls-Clientcert-Validity X-Amzn-Tls-Cipher-Suite X-Amzn-Tls-Version
        X-Amzn-Trace-Id X-Api-Key X-Api-Version X-ASPNet-Version
        X-AspNetMvc-Version X-Att-DeviceId X-Auth-Token X-B3-Flags X-B3-ParentSpanId X-B3-Sampled X-B3-SpanId X-B3-TraceId X-Cache
        X-Cache-Hits X-Client-IP X-Cloud-Trace-Context X-Cluster-Client-IP X-Content-Duration X-Content-Security-Policy X-Correlation-ID
        X-Csrf-Token X-CSRFToken X-DNS-Prefetch-Control X-Download-Options X-Drupal-Cache X-Envoy-Upstream-Service-Time X-Forwarded
        X-Forwarded-Client-Cert X-Forwarded-Host X-Forwarded-Path X-Forwarded-Prefix X-Forwarded-Scheme X-Forwarded-Server X-Forwarded-Ssl
        X-Forwarded-Uri X-Frontend X-Generator X-GitHub-Delivery X-GitHub-Event X-Hub-Signature X-Hub-Signature-256 X-Http-Method
        X-HTTP-Method-Override X-Original-Host X-Original-URL X-Page-Speed X-Permitted-Cross-Domain-Policies X-Pingback X-Powered-By
        X-Proxy-User-Ip X-RateLimit-Limit X-RateLimit-Remaining X-RateLimit-Reset X-Real-IP X-Redirect-By X-Request-ID X-Requested-With
        X-Robots-Tag X-Runtime X-Scheme X-Sendfile X-Served-By X-Server X-Session-Token X-Timer X-Trace-Id X-UA-Compatible X-UIDH
        X-Url-Scheme X-Varnish X-Version X-WAP-Profile X-Wap-Profile-Diff X-WebKit-CSP X-XSRF-Token X-XSS-Protection
        """;

    private static readonly string[] Known = [.. $"{Own} {Registered} {Usual}".Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>
    /// Whether it can be a header's name: a token (RFC 9110, 5.6.2), of at most 128 characters, and no comment to HAProxy.
    /// </summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= 128
            && name[0] != '#'
            && name.All(character => char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character));

    /// <summary>What HAProxy reads: a line for each name, the lower case and then the spelling.</summary>
    /// <param name="more">Names besides the known ones; the same in another spelling wins.</param>
    public static string File(IEnumerable<string> more)
    {
        var spellings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Known.Concat(more.Where(IsName)))
        {
            spellings[name.ToLowerInvariant()] = name;
        }

        var text = new StringBuilder();
        foreach (var (lower, name) in spellings
            .Where(spelling => spelling.Key != spelling.Value)
            .OrderBy(spelling => spelling.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{lower} {name}\n");
        }

        return text.ToString();
    }
}
