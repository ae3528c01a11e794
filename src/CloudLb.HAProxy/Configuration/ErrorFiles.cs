namespace CloudLb.HAProxy.Configuration;

/// <summary>The answers that a load balancer gives by itself, with Classic ELB's own reason phrases and without a body.</summary>
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

    public static string Content(int status, string reason) => $"HTTP/1.1 {status} {reason}\r\nContent-Length: 0\r\n\r\n";
}
