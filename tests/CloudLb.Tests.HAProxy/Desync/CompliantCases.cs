using static CloudLb.Tests.HAProxy.Desync.DesyncRequests;

namespace CloudLb.Tests.HAProxy.Desync;

/// <summary>Requests that no mode may refuse.</summary>
internal static class CompliantCases
{
    public static IReadOnlyList<DesyncCase> All { get; } =
    [
        Of("GET", Get()),
        Of("GET without Host", WithoutHost()),
        Of("GET without Host, with headers", WithoutHost("Accept: */*")),
        Of("GET with Host of two words", WithoutHost("Host: a b")).RefusedByNewer(),
        Of("GET with many headers", Get([.. Enumerable.Range(1, 30).Select(number => $"Header-Name-{number}: Some-Value")])),
        Of(
            "GET as a browser says it",
            Get("User-Agent: Mozilla/5.0 (X11)", "Accept: text/html,*/*;q=0.8", "Connection: keep-alive", "Upgrade-Insecure-Requests: 1")),
        Of("HEAD", Head()),
        Of("OPTIONS of *", Request("OPTIONS", "*", "HTTP/1.1", [])),
        Of("POST with Content-Length", Post()),
        Of("PUT with Content-Length among blanks", Request("PUT", "/a", "HTTP/1.1", ["Content-Length:  1  "], "x")),
        Of("DELETE with Content-Length", Request("DELETE", "/a", "HTTP/1.1", [Length], "x")),
        Of("Content-Length with a leading zero", Body("x", "Content-Length: 01")),
        Of("Content-Length of no digits", Body("", "Content-Length:")).IsRefused(),
        Of("POST with Content-Length 0", Body("", "Content-Length: 0")),
        Of("POST chunked", Body(Chunks, Chunked)),
        Of("Transfer-Encoding in mixed case", Body(Chunks, "TrAnSfEr-EnCoDiNg: ChUnKeD")),
        Of("Transfer-Encoding in a value of another header", Post("X-Test: Transfer-Encoding: chunked")),
        Of("Transfer-Encoding gzip, chunked", Body(Chunks, "Transfer-Encoding: gzip, chunked")).IsOtherCoding(),
        Of("Transfer-Encoding deflate, identity, chunked", Body(Chunks, "Transfer-Encoding: deflate, identity, chunked")).IsOtherCoding(),
        Of(
            "Transfer-Encoding in a list with tabs", Body(
                Chunks, "Transfer-Encoding: gzip , deflate , \tidentity\t, compress\t, chunked")).IsOtherCoding(),
        Of(
            "Transfer-Encoding on five lines",
            Body(
                Chunks, "Transfer-Encoding: gzip", "Transfer-Encoding: deflate", "Transfer-Encoding: identity",
                "Transfer-Encoding: compress", Chunked)).IsOtherCoding(),
        Of("Transfer-Encoding chunked with a parameter", Body(Chunks, "Transfer-Encoding: \t\tchunked;custom_param;\t\t")).IsRefused(),
        Of(
            "Transfer-Encoding gzip and chunked with parameters",
            Body(Chunks, "Transfer-Encoding:   gzip   ;  ", "Transfer-Encoding: \tchunked;custom_param;")).IsRefused(),
        Of("Transfer-Encoding chunked, gzip", Body(Chunks, "Transfer-Encoding: chunked, gzip")).IsRefused(),
        Of("Transfer-Encoding gzip alone", Body("", "Transfer-Encoding: gzip")).IsRefused(),
        Of("Value with characters above ASCII", Post("My-Custom-Header: \t\t\tCustom-Value;\u0060\u0085\u0093\u00a0")),
        Of("Name with every character that a name may have", Post("My-Custom-Header.!#$%&'*+^_`|~0123456789: v")),
        Of("Name with underscores", Post("My_Custom_Header: v")),
        Of("Name with dots", Post("My.Custom.Header: v")),
        Of("Name that begins like Transfer-Encoding", Post("Transfer-Encodings: chunked")),
        Of("Name that ends like Content-Length", Post("X-Content-Length: 5")),
        Of("Content-Type on two lines", Post("Content-Type: application/json;\r\n plain-text;")),
        Of(
            "Target with every printable character but #",
            Target("/u:p123@www.example.com:8080/i.php?a=l%20++~!@$%^&*()_+:<>?,./;'[]{}`~\\\"|&p=i")),
        Of("Target with #", Target("/a?b=c#d")).IsRefusedUnlessInvalidIsAccepted(),
        Of("Target with letters above ASCII", Target("/странные/символы")).IsRefusedUnlessInvalidIsAccepted(),
        Of("Target with escaped control characters", Target("/p-%09-%20-%0D-%0A-%00")),
        Of("Target like a name", Request("POST", "/a,transfer_encoding,b", "HTTP/1.1", [Length], "x")),
        Of("Target with escapes of nothing", Target("/t?a=b&%dd=%ee")),
        Of(
            "Target of no characters",
            "GET  HTTP/1.1\r\nHost: example.com\r\nConnection: keep-alive\r\n\r\n").HasNoVersion().RefusedByNewer(),
        Of("Target with the host of the Host header", Target("http://example.com/a")),
        Of("Target with another host", Target("http://example.org/a")).IsRefusedUnlessInvalidIsAccepted(),
        Of("HTTP/1.0", Version("HTTP/1.0")),
        Of("HTTP/1.0 with Content-Length", PostVersion("HTTP/1.0", "x", Length)),
        Of("Connection that names X-Forwarded-For", Get("Connection: X-Forwarded-For", "X-Forwarded-For: 192.0.2.1")),
        Of("Upgrade to h2c", Get("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA")),
    ];

    private static DesyncCase IsOtherCoding(this DesyncCase coded) => coded.But("422", "422", "422", 1);

    private static DesyncCase Of(string name, string request) => DesyncCase.Of(DesyncClass.Compliant, name, request);
}
