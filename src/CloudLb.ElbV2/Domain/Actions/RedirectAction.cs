namespace CloudLb.ElbV2.Domain;

/// <summary>The client is sent elsewhere. Each part may hold placeholders, as <c>#{host}</c>.</summary>
public sealed record RedirectAction : ListenerAction
{
    /// <summary><c>HTTP_301</c> or <c>HTTP_302</c>.</summary>
    public required string StatusCode { get; init; }

    public required string Protocol { get; init; }

    public required string Host { get; init; }

    public required string Port { get; init; }

    /// <summary>Begins with a slash.</summary>
    public required string Path { get; init; }

    /// <summary>Without the question mark; empty for none.</summary>
    public required string Query { get; init; }
}
