namespace CloudLb.HAProxy.Configuration;

/// <summary>The answers that a load balancer gives by itself, with Classic ELB's own reason phrases and without a body.</summary>
/// <remarks>
/// Seen with 2.6.12: a request that never became complete (its head is malformed, or does not come in time) is answered by the protocol layer with
/// HAProxy's own 400 or 408, whose status is right and whose words are not AWS's; no setting changes that.
/// </remarks>
internal static class ErrorFiles
{
    public static readonly IReadOnlyList<(int Status, string Reason)> All =
    [
        (400, "BAD_REQUEST"),
        (408, "REQUEST_TIMEOUT"),
        (502, "BAD_GATEWAY"),
        (503, "Service Unavailable: Back-end server is at capacity"),
        (504, "GATEWAY_TIMEOUT"),
    ];

    /// <summary>What follows a request that is refused as malformed may be part of it, and is not read.</summary>
    public static string Content(int status, string reason) => $"HTTP/1.1 {status} {reason}\r\nContent-Length: 0\r\n{(status == 400 ? "Connection: close\r\n" : "")}\r\n";
}
