namespace CloudLb.HAProxy.Configuration;

/// <summary>The answers that a load balancer gives by itself, with Classic ELB's own reason phrases and without a body.</summary>
/// <remarks>
/// Seen with 2.6.12: a request that never became complete (its head is malformed, or does not come in time) is answered by the protocol layer with
/// HAProxy's own 400 or 408, whose status is right and whose words are not AWS's; no setting changes that.
/// </remarks>
internal static class ErrorFiles
{
    /// <summary>By HAProxy's status, the status and reason that the client is told.</summary>
    public static readonly IReadOnlyList<(string Name, string Answer)> All =
    [
        ("400", "400 BAD_REQUEST"),
        ("408", "408 REQUEST_TIMEOUT"),
        ("502", "502 BAD_GATEWAY"),
        ("503", "503 Service Unavailable: Back-end server is at capacity"),
        ("504", "504 GATEWAY_TIMEOUT"),
    ];

    /// <summary>What follows a request that is refused as malformed may be part of it, and is not read.</summary>
    public static string Content(string answer) =>
        $"HTTP/1.1 {answer}\r\nContent-Length: 0\r\n{(answer.StartsWith("400 ", StringComparison.Ordinal) ? "Connection: close\r\n" : "")}\r\n";
}
