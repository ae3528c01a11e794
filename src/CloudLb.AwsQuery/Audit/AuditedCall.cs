using System.Net;

namespace CloudLb.AwsQuery.Audit;

/// <summary>What is kept of one call for its audit line: only what is there already; the line is made of it elsewhere.</summary>
internal sealed class AuditedCall
{
    public required DateTimeOffset Time { get; init; }

    public required string RequestId { get; init; }

    /// <summary>As its clients sign for it; null where the request names none. Hostile for a service that is not answered here.</summary>
    public required string? Service { get; set; }

    /// <summary>As the client sent them, hostile: null where missing.</summary>
    public required string? Action { get; init; }

    public required string? Version { get; init; }

    public required string? UserAgent { get; init; }

    public required IPAddress? SourceAddress { get; init; }

    /// <summary>With the signature's own among them. None of a call that was passed on: nobody here can tell what in them is secret.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Parameters { get; set; }

    /// <summary>Null when the signature was refused.</summary>
    public Caller? Caller { get; set; }

    /// <summary>Null when the operation was carried out.</summary>
    public WireError? Error { get; set; }

    /// <summary>The status with which another endpoint answered the call; null where it was not passed on, or not answered.</summary>
    public int? UpstreamStatus { get; set; }

    /// <summary>The id that the answer had from there instead of ours, hostile.</summary>
    public string? UpstreamRequestId { get; set; }

    /// <summary>Bytes that it holds in memory while it waits to be written, roughly; set when it is handed over.</summary>
    public long Weight { get; set; }
}
