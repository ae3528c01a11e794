namespace CloudLb.Cli.Control;

/// <summary>Why an instance is in service, or not: sentences for an operator.</summary>
public sealed record InstanceExplanation
{
    public required string Account { get; init; }

    public required string Region { get; init; }

    public required string LoadBalancer { get; init; }

    public required string InstanceId { get; init; }

    /// <summary>
    /// Takes new requests. One that was deregistered and finishes what it has does not, although the API calls it InService still.
    /// </summary>
    public required bool IsInService { get; init; }

    /// <summary>What decides, for programs.</summary>
    public required InstanceCause Cause { get; init; }

    /// <summary>The figures that the sentences below speak of.</summary>
    public required InstanceNumbers Numbers { get; init; }

    /// <summary>AWS's word.</summary>
    public required string State { get; init; }

    public required string ReasonCode { get; init; }

    public required string Description { get; init; }

    /// <summary>The answer in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>What it follows from, the deciding first.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>What can be done; empty where nothing need be.</summary>
    public required IReadOnlyList<string> Advice { get; init; }
}
