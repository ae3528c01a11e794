using System.Net;

namespace CloudLb.ElbV2.Domain;

/// <summary>What rules look at of a request, as it came.</summary>
public sealed record ComparedRequest
{
    public required string Method { get; init; }

    /// <summary>The first header Host; a port behind it does not count.</summary>
    public required string Host { get; init; }

    /// <summary>Without the query, as it was sent; conditions look at what <see cref="NormalizedPath"/> makes of it.</summary>
    public required string Path { get; init; }

    /// <summary>Without the question mark; empty for none.</summary>
    public string Query { get; init; } = "";

    /// <summary>In the order in which they came; several lines of one name stand by themselves.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Of the connection.</summary>
    public required IPAddress Source { get; init; }
}
