namespace CloudLb.Cli.Control;

/// <summary>A registered instance and its state in AWS's words.</summary>
public sealed record InstanceStatus
{
    public required string InstanceId { get; init; }

    public required string Address { get; init; }

    public required string State { get; init; }

    public required string ReasonCode { get; init; }

    public required string Description { get; init; }
}
