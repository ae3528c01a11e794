using System.Net;
using System.Text.Json.Serialization;
using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

/// <summary>A registered target. One id can be registered on several ports.</summary>
public sealed record Target : IComparable<Target>
{
    /// <summary>An instance's id, an address, or an application load balancer's ARN.</summary>
    public required string Id { get; init; }

    /// <summary>Its own, or the group's; a load balancer's is always the group's.</summary>
    public required int Port { get; init; }

    /// <summary>Where the inventory found it when it was registered; in force whenever the inventory has no newer answer.</summary>
    [JsonConverter(typeof(IPAddressJsonConverter))]
    public required IPAddress Address { get; init; }

    /// <summary>An instance's as the inventory knows it, an address's as it was given; absent when it counts as in every zone.</summary>
    public string? AvailabilityZone { get; init; }

    /// <summary>The name of the member that has registered it; null when somebody else has.</summary>
    public string? RegisteredBy { get; init; }

    /// <summary>By id, and by port of the same id.</summary>
    public int CompareTo(Target? other)
    {
        var order = string.CompareOrdinal(Id, other?.Id);
        return order != 0 ? order : Port.CompareTo(other!.Port);
    }
}
