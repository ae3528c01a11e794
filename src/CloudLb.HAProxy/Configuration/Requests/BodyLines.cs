namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// Waits for what a request over HTTP/2 brings along where the load balancer answers by itself. HAProxy tells a client whose body is still
/// on its way that the request is cancelled, right behind the answer, and the client takes that for the answer (2.6.12, curl 7.88): the RFC
/// wants NO_ERROR there. A body is waited for as long as it finds room in a buffer (<see cref="GlobalSection.BufferSize"/>).
/// </summary>
/// <remarks>Over HTTP/1.1 the answer reaches clients that still send. Who stops in the body is told 408.</remarks>
internal static class BodyLines
{
    /// <summary>What <see cref="DesyncLines"/> looks for, for <see cref="Expected"/>.</summary>
    public const string Looked = "expect:";

    /// <summary>
    /// A client that asks whether it may send its body is told so at once, and whoever answers does not see that it has asked, as at AWS.
    /// HAProxy says it where a body is waited for, of which the first byte is enough (2.6.12). The wait ends with the client's own time,
    /// the listener's idle timeout, and then with 408.
    /// </summary>
    /// <remarks>For requests with a body alone; it comes after what was looked at before the rest of that has come.</remarks>
    public const string Expected = """
          acl expecting req.fhdr(expect) -m str -i 100-continue
          http-request wait-for-body time 4000s at-least 1 if framed expecting
          http-request del-header Expect if framed expecting
        """;

    /// <param name="text">Where the answer is given.</param>
    /// <param name="condition">When it is; empty for always.</param>
    public static void WriteWait(ConfigText text, string condition = "") =>
        text.Line("http-request").Constant($"wait-for-body time 10s if {$"{condition} {Http2Lines.IsUsed}".TrimStart()}");
}
