using System.Net;

namespace CloudLb.Core.Traffic.Told;

/// <summary>A request that somebody thinks of.</summary>
public sealed record ToldRequest
{
    public required string Method { get; init; }

    /// <summary>Whether it would come over TLS.</summary>
    public required bool IsSecure { get; init; }

    /// <summary>The load balancer's port that it would come to.</summary>
    public required int Port { get; init; }

    /// <summary>The header Host.</summary>
    public required string Host { get; init; }

    /// <summary>Without the query; begins with a slash.</summary>
    public required string Path { get; init; }

    /// <summary>Without the question mark; empty for none.</summary>
    public required string Query { get; init; }

    /// <summary>In the order of the request.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>Where it would come from.</summary>
    public required IPAddress Source { get; init; }
}
