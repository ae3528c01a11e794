namespace CloudLb.HAProxy.Configuration;

/// <summary>The answers that a load balancer gives by itself, with Classic ELB's own reason phrases and without a body.</summary>
/// <remarks>
/// Seen with 2.6.12: a request that never became complete (its head is malformed, or does not come in time) is answered by the protocol layer with
/// HAProxy's own 400 or 408, whose status is right and whose words are not AWS's; no setting changes that.
/// <para>
/// An instance that closes its connection without an answer is a 504 at Classic ELB, where HAProxy says 502. HAProxy says so too of an answer that it
/// cannot read, which AWS would tell by 502: neither rule nor error file sees which of the two it was (2.6.12 notes the cause after it has answered). The
/// answer's file alone says 504, without a rule that every answer would pay for; HAProxy's own log and counters have 502 still.
/// </para>
/// </remarks>
internal static class ErrorFiles
{
    /// <summary>The name of the section of what is answered instead of an answer that must not pass.</summary>
    public const string Withheld = "withheld";

    /// <summary>HAProxy's status for an instance that has not answered, which the client is told as 504.</summary>
    public const int NoAnswer = 502;

    public const int GatewayTimeout = 504;

    /// <summary>By HAProxy's status, the status and reason that the client is told.</summary>
    public static readonly IReadOnlyList<(string Name, string Answer)> All =
    [
        ("400", "400 BAD_REQUEST"),
        ("408", "408 REQUEST_TIMEOUT"),
        ("502", "504 GATEWAY_TIMEOUT"),
        ("503", "503 Service Unavailable: Back-end server is at capacity"),
        ("504", "504 GATEWAY_TIMEOUT"),
        (Withheld, "502 BAD_GATEWAY"),
    ];

    /// <summary>What follows a request that is refused as malformed may be part of it, and is not read.</summary>
    public static string Content(string answer) =>
        $"HTTP/1.1 {answer}\r\nContent-Length: 0\r\n{(answer.StartsWith("400 ", StringComparison.Ordinal) ? "Connection: close\r\n" : "")}\r\n";
}
