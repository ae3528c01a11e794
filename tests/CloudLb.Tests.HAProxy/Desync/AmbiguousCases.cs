using static CloudLb.Tests.HAProxy.Desync.DesyncRequests;

namespace CloudLb.Tests.HAProxy.Desync;

/// <summary>Requests that may be read in two ways: routed in the default mode, and the end of both connections.</summary>
internal static class AmbiguousCases
{
    public static IReadOnlyList<DesyncCase> All { get; } =
    [
        Of("GET with a body by Content-Length", Request("GET", "/a", "HTTP/1.1", [Length], "x")),
        Of("GET with a body by Transfer-Encoding", Request("GET", "/a", "HTTP/1.1", [Chunked], Chunks)),
        Of("HEAD with a body by Content-Length", Request("HEAD", "/a", "HTTP/1.1", [Length], "x")),
        Of("HEAD with a body by Transfer-Encoding", Request("HEAD", "/a", "HTTP/1.1", [Chunked], Chunks)),
        Of("GET with a body and a bad value", Request("GET", "/a", "HTTP/1.1", ["X-C: a\u0001", Length], "x")),
        Of("GET with a body in HTTP/1.0", Version("HTTP/1.0", Length) + "x").But("413", "413", "413", 1),
        Of("Transfer-Encoding in HTTP/1.0", PostVersion("HTTP/1.0", Chunks, Chunked)).ClosedByParser(DesyncCase.Closed),
        Of("Transfer-Encoding in HTTP/0.9", PostVersion("HTTP/0.9", Chunks, Chunked)).ClosedByParser(DesyncCase.Closed),
        Of("Content-Length in HTTP/0.9", PostVersion("HTTP/0.9", "x", Length)),
        Of(
            "Transfer-Encoding without a version",
            "POST /a\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n").IsRefused(),
        Of("Content-Length without a version", "POST /a\r\nHost: a\r\nContent-Length: 1\r\n\r\nx").IsRefused(),
        Of("Content-Length twice with one value", Body("x", Length, Length)).IsTidied(),
        Of("Content-Length, then Transfer-Encoding", Body(Chunks, Length, Chunked)).IsTidied(DesyncCase.ClientClosed),
        Of("Transfer-Encoding, then Content-Length", Body(Chunks, Chunked, "Content-Length: 11")).IsTidied(DesyncCase.ClientClosed),
        Of("Transfer-Encoding gzip and Content-Length", Post("Transfer-Encoding: gzip")).IsRefused(),
        Of("Transfer-Encoding identity and Content-Length", Post("Transfer-Encoding: identity")).IsRefused(),
        Of("GET with both", Request("GET", "/a", "HTTP/1.1", [Chunked, Length], Chunks)).ClosedByParser(DesyncCase.ClientClosed),
        Of("Transfer_Encoding", Post("Transfer_Encoding: chunked")),
        Of("Transfer___Encoding", Post("Transfer___Encoding: chunked")),
        Of("Transfer---Encoding", Post("Transfer---Encoding: chunked")),
        Of("Transfer.Encoding", Post("Transfer.Encoding: chunked")),
        Of("TransferXEncoding", Post("TransferXEncoding: chunked")),
        Of("-Transfer-Encoding", Post("-Transfer-Encoding: chunked")),
        Of("Transfer-Encoding-", Post("Transfer-Encoding-: chunked")),
        Of("TRANSFER_ENCODING", Post("TRANSFER_ENCODING: chunked")),
        Of("Content_Length", Body("", "Content_Length: 1000")),
        Of("Content.Length", Body("", "Content.Length: 1000")),
        Of("Content--Length", Body("", "Content--Length: 1000")),
        Of("_Content-Length", Body("", "_Content-Length: 1000")),
        Of("Content_Length beside Content-Length of another value", Post("Content_Length: 0")),
        Of("Transfer-Encoding, blank", Post("Transfer-Encoding : chunked")).IsRefusedUnlessInvalidIsAccepted(),
        Of("Transfer-Encoding, tab", Post("Transfer-Encoding\t: chunked")).IsRefusedUnlessInvalidIsAccepted(),
        Of("Transfer-Encoding, blank, letter", Post("Transfer-Encoding x: chunked")).IsRefusedUnlessInvalidIsAccepted(),
        Of("Transfer-, blank, Encoding", Post("Transfer- Encoding: chunked")).IsRefusedUnlessInvalidIsAccepted(),
        Of("Control character, Transfer-Encoding", Post("\u0001Transfer-Encoding: chunked")).IsRefusedUnlessInvalidIsAccepted(),
        Of("Transfer-Encoding, control character", Post("Transfer-Encoding\b: chunked")).IsRefusedUnlessInvalidIsAccepted(),
        Of("Transfer-Encoding with a long s", Post("Tran\u017ffer-Encoding: chunked")).IsRefusedUnlessInvalidIsAccepted(),
        Of("Transfer-Encoding with a dotless i", Post("Transfer-Encod\u0131ng: chunked")).IsRefusedUnlessInvalidIsAccepted(),
        Of("Transfer-Encoding with a long dash", Post("Transfer\u2015Encoding: chunked")).IsRefusedUnlessInvalidIsAccepted(),
        Of("Blank above ASCII, Transfer-Encoding", Post("\u3000Transfer-Encoding: chunked")).IsRefusedUnlessInvalidIsAccepted(),
        Of("Transfer-Encoding, byte above ASCII", Post("Transfer-Encoding\u0088: chunked")).IsRefusedUnlessInvalidIsAccepted(),
        Of("Content-Length, blank", Body("", "Content-Length : 1")).IsRefusedUnlessInvalidIsAccepted(),
        Of("Byte above ASCII, Content-Length", Body("", "\u00a0Content-Length: 100")).IsRefusedUnlessInvalidIsAccepted(),
        Of("Control character, Content-Length", Body("", "\u0001Content-Length: 1")).IsRefusedUnlessInvalidIsAccepted(),
        Of("Name of no characters", Post(": chunked")).IsRefused(),
        Of("Name that begins with a colon", Post(":Some-Header:Transfer-Encoding: chunked")).IsRefused(),
        Of("Name of blanks", Post("   \t\t  : chunked")).IsTidied().RefusedByNewer(),
        Of("Header without a colon", Get("Some-Header", "A: 1")).IsRefused(),
        Of("Header on two lines", Post("X-A: a\r\n b")).IsTidied(),
        Of("Header on two lines, the second like a header", Post("X-A: a\r\n Content-Length: 10")).IsTidied(),
        Of("First header begins with a blank", "GET /a HTTP/1.1\r\n Host: example.com\r\n\r\n").IsRefusedUnlessInvalidIsAccepted(),
        Of("Second request line as a header", "GET /a HTTP/1.1\r\n GET /b HTTP/1.1\r\n\r\n").IsRefused(),
        Of("Target missing", "GET HTTP/1.1\r\nHost: example.com\r\nConnection: keep-alive\r\n\r\n").HasNoVersion().RefusedByNewer(),
        Of("Target with a tab", Target("/a\tHTTP/1.1")).IsRefused(),
        Of("Target with a control character", Target("/a\u0001HTTP/1.1")).IsRefused(),
        Of("Target with DEL", Target("/a\u007fb")).RefusedByNewer(),
    ];

    private static DesyncCase Of(string name, string request) => DesyncCase.Of(DesyncClass.Ambiguous, name, request);

    // The parser itself ends the client's connection where no rule does; the instance's too where that is HTTP/1.0.
    private static DesyncCase ClosedByParser(this DesyncCase ambiguous, string monitor) =>
        ambiguous.But(monitor, DesyncCase.Closed, DesyncCase.Refused, 4);
}
