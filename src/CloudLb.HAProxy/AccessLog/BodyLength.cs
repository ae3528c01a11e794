namespace CloudLb.HAProxy.AccessLog;

/// <summary>How long a body was, which HAProxy does not count by itself.</summary>
internal static class BodyLength
{
    /// <param name="all">Everything that was counted, the head too.</param>
    /// <param name="early">How much of it was there when the head had been read.</param>
    /// <param name="earlyBody">How much of that was of the body.</param>
    /// <param name="announced">Content-Length, of what was not chunked.</param>
    /// <param name="isChunked">HAProxy counts the end of a chunked body as a byte.</param>
    public static long Of(long all, long early, long earlyBody, long? announced, bool isChunked)
    {
        var later = all - early;
        var body = earlyBody + Math.Max(0, isChunked && later > 0 ? later - 1 : later);
        return announced is { } most ? Math.Min(body, most) : body;
    }
}
