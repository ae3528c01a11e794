namespace CloudLb.Core.Traffic.Told;

/// <summary>Why an instance is in service, or not: sentences for an operator.</summary>
public sealed record ToldReasons
{
    /// <summary>As the API spells it.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Takes new requests.</summary>
    public required bool IsInService { get; init; }

    /// <summary>What decides, in one word.</summary>
    public required ToldCause Cause { get; init; }

    /// <summary>The figures that the sentences speak of.</summary>
    public required ToldNumbers Numbers { get; init; }

    /// <summary>The API's word.</summary>
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
