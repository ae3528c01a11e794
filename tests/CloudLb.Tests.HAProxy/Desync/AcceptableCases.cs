using static CloudLb.Tests.HAProxy.Desync.DesyncRequests;

namespace CloudLb.Tests.HAProxy.Desync;

/// <summary>Requests that do not conform and that only the mode strictest refuses.</summary>
internal static class AcceptableCases
{
    public static IReadOnlyList<DesyncCase> All { get; } =
    [
        Of("Name with a blank before the colon", Post("x-my-custom : v")).IsRefusedUnlessInvalidIsAccepted(),
        Of("Name with a blank inside", Post("x my: v")).IsRefusedUnlessInvalidIsAccepted(),
        Of("Name with a control character before it", Post("\u0001x-my-custom: v")).IsRefusedUnlessInvalidIsAccepted(),
        Of("Name with a control character after it", Post("x-my-custom\u0001: v")).IsRefusedUnlessInvalidIsAccepted(),
        Of("Name with a letter above ASCII", Post("x-m\u00e9: v")).IsRefusedUnlessInvalidIsAccepted(),
        Of("Bad name beside Transfer-Encoding", Body(Chunks, "x-my-custom : v", Chunked)).IsRefusedUnlessInvalidIsAccepted(),
        Of("Value that begins with a control character", Post("X-C: \u0001a")),
        Of("Value that ends with a control character", Post("X-C: a\u0001")),
        Of("Value with a vertical tab", Post("X-C: a\u000bb")),
        Of("Value with DEL", Post("X-C: a\u007fb")),
        Of("Value with a control character beside Transfer-Encoding", Body(Chunks, "X-C: a\u0001", Chunked)),
        Of("Content-Type on two lines with a control character", Post("Content-Type: a;\r\n \u0001b")),
        Of("GET with Content-Length 0", Get("Content-Length: 0")),
        Of("HEAD with Content-Length 0", Head("Content-Length: 0")),
        Of("HTTP/0.9 by name", Version("HTTP/0.9")),
        Of("HTTP/0.9 by no version", "GET /a\r\nHost: example.com\r\nConnection: keep-alive\r\n\r\n").HasNoVersion(),
        Of("HTTP/1.2", Version("HTTP/1.2")),
        Of("HTTP/1.5", Version("HTTP/1.5")),
        Of("HTTP/1.9", Version("HTTP/1.9")),
        Of("Version with a blank after it", Version("HTTP/1.1 ")).IsRefused(),
        Of("Target with blanks", Target("/e?p=not escaped blanks")).IsRefused(),
        Of("Lines that end in LF alone", Get().Replace("\r\n", "\n", StringComparison.Ordinal)).IsTidied(),
        Of("Request line that ends in LF alone", "GET /a HTTP/1.1\nHost: example.com\r\n\r\n").IsTidied(),
        Of("Header that ends in LF alone", "GET /a HTTP/1.1\r\nHost: example.com\nA: b\r\n\r\n").IsTidied(),
    ];

    private static DesyncCase Of(string name, string request) => DesyncCase.Of(DesyncClass.Acceptable, name, request);
}
