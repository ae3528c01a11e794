using System.Text.Json.Nodes;

namespace CloudLb.Cli.Migration.Reading;

/// <summary>A Classic load balancer as the describe actions tell of it.</summary>
internal sealed record ClassicLoadBalancer
{
    public required string Name { get; init; }

    /// <summary>An item of <c>LoadBalancerDescriptions</c>.</summary>
    public required JsonObject Description { get; init; }

    /// <summary>Null where nobody has asked for them.</summary>
    public JsonObject? Attributes { get; init; }

    /// <summary>Items of <c>PolicyDescriptions</c>; null where nobody has asked for them.</summary>
    public IReadOnlyList<JsonObject>? Policies { get; init; }

    public IReadOnlyList<JsonObject> Tags { get; init; } = [];

    public IEnumerable<JsonObject> Listeners => Wire.Items(Description, "ListenerDescriptions");

    public IEnumerable<string> Instances =>
        Wire.Items(Description, "Instances").Select(instance => Wire.Text(instance, "InstanceId")).OfType<string>();
}
