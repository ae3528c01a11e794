namespace CloudLb.ElbV2.Domain;

/// <summary>The load balancer answers by itself.</summary>
public sealed record FixedResponseAction : ListenerAction
{
    /// <summary>Three digits: 2xx, 4xx or 5xx.</summary>
    public required string StatusCode { get; init; }

    /// <summary>Null where none was given.</summary>
    public string? ContentType { get; init; }

    /// <summary>Null where none was given.</summary>
    public string? MessageBody { get; init; }
}
