namespace CloudLb.AwsApi.Foreign;

/// <summary>A body as it is passed on.</summary>
internal sealed record VerifiedBody : IAsyncDisposable
{
    public required Stream Stream { get; init; }

    /// <summary>Null for one that streams and has not said how long it is.</summary>
    public required long? Length { get; init; }

    /// <summary>What a new signature says of it.</summary>
    public required string Payload { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Trailers { get; init; } = [];

    public bool IsUnchunked { get; init; }

    private SpooledBody? Spooled { get; init; }

    public static VerifiedBody Whole(SpooledBody body) =>
        new() { Stream = body.Stream, Length = body.Length, Payload = Convert.ToHexStringLower(body.Hash), Spooled = body };

    public ValueTask DisposeAsync() => Spooled?.DisposeAsync() ?? default;
}
