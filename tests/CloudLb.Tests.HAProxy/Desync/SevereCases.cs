using static CloudLb.Tests.HAProxy.Desync.DesyncRequests;

namespace CloudLb.Tests.HAProxy.Desync;

/// <summary>Requests that are malformed or made to be misread: refused in both modes that refuse anything.</summary>
internal static class SevereCases
{
    public static IReadOnlyList<DesyncCase> All { get; } =
    [
        Of("Content-Length twice with two values", Body("xx", Length, "Content-Length: 2")).IsRefused(),
        Of("Content-Length 1,1", Body("x", "Content-Length: 1,1")).IsTidied(),
        Of("Content-Length 1,2", Body("xx", "Content-Length: 1,2")).IsRefused(),
        Of("Content-Length 1 1", Body("x", "Content-Length: 1 1")).IsRefused(),
        Of("Content-Length 1.1", Body("x", "Content-Length: 1.1")).IsRefused(),
        Of("Content-Length +1", Body("x", "Content-Length: +1")).IsRefused(),
        Of("Content-Length -1", Body("x", "Content-Length: -1")).IsRefused(),
        Of("Content-Length 0x1", Body("x", "Content-Length: 0x1")).IsRefused(),
        Of("Content-Length $1", Body("x", "Content-Length: $1")).IsRefused(),
        Of("Content-Length of 2 to the 64th", Body("", "Content-Length: 18446744073709551616")),
        Of("Content-Length of 2 to the 64th and 1", Body("x", "Content-Length: 18446744073709551617")),
        Of("Content-Length of thirty digits", Body("", "Content-Length: 999999999999999999999999999999")).IsRefused(),
        Of("Content-Length, control character before the value", Body("x", "Content-Length: \u00011")).IsRefused(),
        Of("Content-Length, control character after the value", Body("x", "Content-Length: 1\u0011")).IsRefused(),
        Of("Content-Length, byte above ASCII after the value", Body("x", "Content-Length: 1\u00a0")).IsRefused(),
        Of("Content-Length, NUL after the value", Body("x", "Content-Length: 1\0")).IsRefused(),
        Of("Transfer-Encoding xchunked", Body(Chunks, "Transfer-Encoding: xchunked")).IsRefused(),
        Of("Transfer-Encoding chunk and Content-Length", Post("Transfer-Encoding: chunk")).IsRefused(),
        Of("Transfer-Encoding cow after chunked", Body(Chunks, Chunked, "Transfer-Encoding: cow")).IsRefused(),
        Of("Transfer-Encoding cow and Content-Length", Post("Transfer-Encoding: cow")).IsRefused(),
        Of("Transfer-Encoding of no characters", Body("", "Transfer-Encoding:")).IsRefused(),
        Of("Transfer-Encoding, control character before the value", Body(Chunks, "Transfer-Encoding: \u0001chunked")).IsRefused(),
        Of("Transfer-Encoding, control character after the value", Body(Chunks, "Transfer-Encoding: chunked\u0011")).IsRefused(),
        Of("Transfer-Encoding, DEL after the value", Body(Chunks, "Transfer-Encoding: chunked\u007f")).IsRefused(),
        Of("Transfer-Encoding, byte above ASCII before the value", Body(Chunks, "Transfer-Encoding: \u00a0chunked")).IsRefused(),
        Of("Transfer-Encoding, byte above ASCII after the value", Body(Chunks, "Transfer-Encoding: chunked\u00a0")).IsRefused(),
        Of("Transfer-Encoding, NUL before the value", Body(Chunks, "Transfer-Encoding: \0chunked")).IsRefused(),
        Of("Transfer-Encoding chunked with a comma after it", Body(Chunks, "Transfer-Encoding: chunked,")).RefusedByNewer(),
        Of("Transfer-Encoding chunked and one of no characters", Body(Chunks, Chunked, "Transfer-Encoding:")).RefusedByNewer(),
        Of("Transfer-Encoding of no characters and one chunked", Body(Chunks, "Transfer-Encoding:", Chunked)).RefusedByNewer(),
        Of("Transfer-Encoding chunked twice", Body(Chunks, Chunked, Chunked)).IsRefused(),
        Of("Transfer-Encoding chunked twice and Content-Length", Body(Chunks, Chunked, Chunked, Length)).IsRefused(),
        Of("Transfer-Encoding chunked,chunked", Body(Chunks, "Transfer-Encoding: chunked,chunked")).IsRefused(),
        Of(
            "Content-Length with a blank, Content-Length of another value",
            Body("xx", "Content-Length : 1", "Content-Length: 2")).IsRefusedUnlessInvalidIsAccepted(),
        Of(
            "Transfer-Encoding with a blank, Transfer-Encoding", Body(
                Chunks, "Transfer-Encoding : chunked", Chunked)).IsRefusedUnlessInvalidIsAccepted(),
        Of("Second line like Content-Length, Content-Length of another value", Post("A: a\r\n Content-Length: 10")).IsTidied(),
        Of("Name with CR after it", Post("Some-Bad\r: v")).IsRefusedUnlessInvalidIsAccepted(),
        Of("CR, Transfer-Encoding", Post("\rTransfer-Encoding: chunked")).IsRefused(),
        Of("Name with NUL before it", Post("\0Some-Bad: v")).IsRefusedUnlessInvalidIsAccepted(),
        Of("Name with NUL after it", Post("Some-Bad\0: v")).IsRefusedUnlessInvalidIsAccepted(),
        Of("NUL, Transfer-Encoding", Post("\0Transfer-Encoding: chunked")).IsRefusedUnlessInvalidIsAccepted(),
        Of("Value with CR", Post("Some-Bad: v\rcontent-length: 1000")).IsRefused(),
        Of("Value that begins with NUL", Post("Some-Bad: \0v")),
        Of("Value with NUL", Post("Some-Bad: v\0content-length: 1000")),
        Of("Value that ends with NUL", Post("Some-Bad: v\0")),
        Of("Host with NUL", WithoutHost("Host: a\0b")).RefusedByNewer(),
        Of("Connection with NUL", Get("Connection: keep-alive\0")),
        Of("Header on two lines with NUL", Post("X-A: a\r\n b\0c")),
        Of("LF, then CR, before a header", "GET /a HTTP/1.1\r\n\rContent-Length: 10\r\n\r\n").IsRefused(),
        Of("Method with a control character", Request("bad\u0001", "/a", "HTTP/1.1", [])).IsRefused(),
        Of("Method with a letter above ASCII", Request("G\u00c9T", "/a", "HTTP/1.1", [])).IsRefused(),
        Of("Request line with tabs", "GET\t/a\tHTTP/1.1\r\nHost: example.com\r\n\r\n").IsTidied(),
        Of("Request line of one word", "GET_/a_HTTP/1.1\r\nHost: example.com\r\n\r\n").IsRefused(),
        Of("Target with CR", Target("/a\rHTTP/1.1")).IsRefused(),
        Of("Target with NUL", Target("/a\0b")).IsRefused(),
        Of("Target that begins with NUL", Target("\0/a")).IsRefused(),
        Of("Version twice", Version("HTTP/1.1 HTTP/1.1")).IsRefused(),
        Of("Version with words after it", Version("HTTP/1.1 абра кадабра")).IsRefused(),
        Of("http/1.1", Version("http/1.1")).IsRefused(),
        Of("HTTP/1", Version("HTTP/1")).IsRefusedUnlessInvalidIsAccepted(),
        Of("HTTP/1.10", Version("HTTP/1.10")).IsRefusedUnlessInvalidIsAccepted(),
        Of("HTTP/01.1", Version("HTTP/01.1")).IsRefusedUnlessInvalidIsAccepted(),
        Of("RTSP/1.0", Version("RTSP/1.0")).IsRefusedUnlessInvalidIsAccepted(),
        Of("HTTP/0.8", Version("HTTP/0.8")),
        Of("HTTP/3.0", Version("HTTP/3.0")),
        Of("HTTP/2.0", Version("HTTP/2.0")).IsNotClassic(),
        Of("HTTP/2 with prior knowledge", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0").IsNotClassic(),
    ];

    private static DesyncCase IsNotClassic(this DesyncCase later) =>
        later.But(DesyncCase.Refused, DesyncCase.Refused, DesyncCase.Refused, 5);

    private static DesyncCase Of(string name, string request) => DesyncCase.Of(DesyncClass.Severe, name, request);
}
