using System.Net;
using System.Text.Json.Serialization;
using CloudLb.Core.Resources;

namespace CloudLb.Elb.Domain;

/// <summary>A registered instance.</summary>
public sealed record Instance
{
    /// <summary>As the caller wrote it: an <c>i-…</c> id of the inventory, an IPv4 or IPv6 address, or a host name.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Where the inventory found it when it was registered; in force whenever the inventory has no newer answer.</summary>
    [JsonConverter(typeof(IPAddressJsonConverter))]
    public required IPAddress Address { get; init; }

    /// <summary>The Availability Zone the inventory knows it in; absent for literal addresses and host names.</summary>
    public string? AvailabilityZone { get; init; }

    /// <summary>
    /// Whether it was held against the rules of what may be a target (<see cref="Targets.InstanceRules"/>) when it was registered. What was
    /// registered before there were such rules goes on where nothing but a default forbids it.
    /// </summary>
    public bool IsJudged { get; init; }

    /// <summary>
    /// The name of the member that has registered itself, which holds it by its lease; null for what others have registered, which stays.
    /// </summary>
    public string? RegisteredBy { get; init; }
}
