namespace CloudLb.ElbV2.Domain;

/// <summary>What a request says of a health check; null where it says nothing.</summary>
public sealed record HealthCheckChange
{
    public string? Protocol { get; init; }

    public string? Port { get; init; }

    public string? Path { get; init; }

    public bool? IsEnabled { get; init; }

    public int? IntervalSeconds { get; init; }

    public int? TimeoutSeconds { get; init; }

    public int? HealthyThreshold { get; init; }

    public int? UnhealthyThreshold { get; init; }

    public string? HttpCode { get; init; }

    public string? GrpcCode { get; init; }
}
