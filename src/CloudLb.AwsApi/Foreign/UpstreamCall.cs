namespace CloudLb.AwsApi.Foreign;

/// <summary>A call that goes to another endpoint. Its head is the request's.</summary>
public sealed record UpstreamCall
{
    public required Caller Caller { get; init; }

    /// <summary>As it is signed for.</summary>
    public required string Service { get; init; }

    public required SentTarget Target { get; init; }

    public required Stream Body { get; init; }

    /// <summary>Bytes; null where that is known only when the body has ended.</summary>
    public required long? Length { get; init; }

    /// <summary>What the new signature says of the body: its SHA-256 in lower-case digits, or that it says nothing.</summary>
    public required string Payload { get; init; }

    /// <summary>What stood behind a body in signed chunks, and now stands in the head.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Trailers { get; init; } = [];

    /// <summary>Whether the body was taken out of its chunks.</summary>
    public bool IsUnchunked { get; init; }
}
