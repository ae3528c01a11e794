using System.Text.Json.Serialization;

namespace CloudLb.Cli.Control;

/// <summary>One of several addresses of a load balancer.</summary>
public sealed record AddressStatus
{
    public required string Address { get; init; }

    /// <summary>Null of an address that is of no subnet.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AvailabilityZone { get; init; }

    /// <summary><c>Healthy</c>, <c>Unhealthy</c>: names lead elsewhere while they can, or <c>Leaving</c>: no name leads there.</summary>
    public required string State { get; init; }

    /// <summary>What is wrong; null of one that is healthy or leaving.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }
}
