namespace CloudLb.AwsApi;

/// <summary>What the service's model says of the whole API.</summary>
public sealed record ServiceContract
{
    /// <summary>The API version, by which one endpoint tells its services apart.</summary>
    public required string Version { get; init; }

    public required string XmlNamespace { get; init; }

    /// <summary>The service in the credential scope.</summary>
    public required string SigningName { get; init; }

    /// <summary>The form of its lists, answers and errors.</summary>
    public QueryDialect Dialect { get; init; } = QueryDialect.Query;

    /// <summary>In the model's order.</summary>
    public required IReadOnlyList<OperationContract> Operations { get; init; }
}
