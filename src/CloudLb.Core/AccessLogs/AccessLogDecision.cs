namespace CloudLb.Core.AccessLogs;

/// <summary>What a load balancer with rules made of a request.</summary>
public sealed record AccessLogDecision
{
    /// <summary>The priority of the rule that the request met: 0 for the default; null where none was looked for.</summary>
    public int? Rule { get; init; }

    /// <summary>
    /// What was done, in AWS's words with a comma between them: <c>authenticate</c>, <c>forward</c>, <c>redirect</c>,
    /// <c>fixed-response</c>; null for nothing.
    /// </summary>
    public string? Action { get; init; }

    /// <summary>The pool that the request was given to; null for none.</summary>
    public string? Pool { get; init; }

    /// <summary>Where the client was sent; null where it was not.</summary>
    public string? Location { get; init; }

    /// <summary>The id by which members knew the request, cut at 512 characters; null for none.</summary>
    public string? TraceId { get; init; }

    /// <summary>Why a client was not signed in, in AWS's word; null where it was, and where nobody asked.</summary>
    public string? Reason { get; init; }

    /// <summary>An id of the connection; null where it is not known.</summary>
    public string? ConnectionId { get; init; }

    /// <summary>The name that the client asked for in its TLS handshake; null for none.</summary>
    public string? ServerName { get; init; }

    /// <summary>Null where the request conforms, and where nobody knows.</summary>
    public AccessLogClass? Class { get; init; }

    /// <summary>Null where the rule rewrites nothing.</summary>
    public AccessLogTransform? Transform { get; init; }

    /// <summary>
    /// SHA-1 of the certificate that was shown, in hexadecimal; null without TLS, and where the listener has but one.
    /// </summary>
    public string? Certificate { get; init; }

    /// <summary>Whether the client was gone before it was answered.</summary>
    public bool IsAbandoned { get; init; }

    /// <summary>Bytes from the client, the head among them.</summary>
    public required long AllReceived { get; init; }

    /// <summary>Bytes to the client, the head among them.</summary>
    public required long AllSent { get; init; }
}
