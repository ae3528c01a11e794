namespace CloudLb.Tests.HAProxy.Desync;

/// <summary>Requests as text, of which each character below U+0100 is a byte; with a character above it the text is UTF-8.</summary>
internal static class DesyncRequests
{
    public const string Chunked = "Transfer-Encoding: chunked";

    public const string Length = "Content-Length: 1";

    /// <summary>A body of one byte, chunked.</summary>
    public const string Chunks = "1\r\nx\r\n0\r\n\r\n";

    public static string Get(params string[] headers) => Request("GET", "/a", "HTTP/1.1", headers);

    public static string Target(string target) => Request("GET", target, "HTTP/1.1", []);

    /// <summary>A version that says nothing of connections, with the wish that this one stays.</summary>
    public static string Version(string version, params string[] headers) =>
        Request("GET", "/a", version, [.. headers, "Connection: keep-alive"]);

    public static string PostVersion(string version, string body, params string[] headers) =>
        Request("POST", "/a", version, [.. headers, "Connection: keep-alive"], body);

    public static string Head(params string[] headers) => Request("HEAD", "/a", "HTTP/1.1", headers);

    /// <summary>With a Content-Length and a body of one byte beside these headers.</summary>
    public static string Post(params string[] headers) => Request("POST", "/a", "HTTP/1.1", [.. headers, Length], "x");

    /// <summary>With these headers and this body alone.</summary>
    public static string Body(string body, params string[] headers) => Request("POST", "/a", "HTTP/1.1", headers, body);

    public static string Request(string method, string target, string version, string[] headers, string body = "") =>
        $"{method} {target} {version}\r\nHost: example.com\r\n{string.Concat(headers.Select(header => $"{header}\r\n"))}\r\n{body}";

    public static string WithoutHost(params string[] headers) =>
        $"GET /a HTTP/1.1\r\n{string.Concat(headers.Select(header => $"{header}\r\n"))}\r\n";
}
