using System.Text.Json.Serialization;

namespace CloudLb.Cli.Control;

/// <summary>A registered instance and its state in AWS's words.</summary>
public sealed record InstanceStatus
{
    public required string InstanceId { get; init; }

    /// <summary>Where it takes traffic, if it can do so on several; null where that is the listener's to say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Port { get; init; }

    /// <summary>The target group that it is registered with; null where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Group { get; init; }

    public required string Address { get; init; }

    public required string State { get; init; }

    public required string ReasonCode { get; init; }

    public required string Description { get; init; }

    /// <summary>The member whose lease holds it; null for what stays until somebody deregisters it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Member { get; init; }

    /// <summary>
    /// Until it is deregistered, unless the member registers again; below zero where the load balancer has no more than it keeps.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? LeaseSecondsLeft { get; init; }

    /// <summary>Null where no zone is known of it. Told, as what follows, only where more than the table was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AvailabilityZone { get; init; }

    /// <summary>Null before the first check, and when HAProxy does not have it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CheckStatus? LastCheck { get; init; }

    /// <summary>Sessions that it has now, flows of datagrams among them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Sessions { get; init; }

    /// <summary>Sessions that it has had in the HAProxy processes that there are; null where it is sent datagrams alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? TotalSessions { get; init; }
}
