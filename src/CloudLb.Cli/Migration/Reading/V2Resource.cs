using System.Text.Json.Nodes;

namespace CloudLb.Cli.Migration.Reading;

/// <summary>A resource of ELBv2 as the describe actions tell of it.</summary>
internal sealed record V2Resource
{
    public required V2Kind Kind { get; init; }

    public required string Arn { get; init; }

    /// <summary>An item of <c>LoadBalancers</c>, <c>TargetGroups</c>, <c>Listeners</c> or <c>Rules</c>.</summary>
    public required JsonObject Description { get; init; }

    /// <summary>Items of <c>Attributes</c>: key and value, whatever the keys are.</summary>
    public IReadOnlyList<JsonObject> Attributes { get; init; } = [];

    public IReadOnlyList<JsonObject> Tags { get; init; } = [];

    /// <summary>Of a target group: items of <c>TargetHealthDescriptions</c>, their <c>Target</c>.</summary>
    public IReadOnlyList<JsonObject> Targets { get; init; } = [];

    /// <summary>Of a listener: the certificates beside its own.</summary>
    public IReadOnlyList<string> Certificates { get; init; } = [];

    /// <summary>The name; of a listener its port, of a rule its priority.</summary>
    public string Name => Wire.Text(Description, Kind switch
    {
        V2Kind.LoadBalancer => "LoadBalancerName",
        V2Kind.TargetGroup => "TargetGroupName",
        V2Kind.Listener => "Port",
        _ => "Priority",
    }) ?? "";

    /// <summary>The ARN of a listener's load balancer, of a rule's listener.</summary>
    public string Parent => Kind switch
    {
        V2Kind.Listener => Wire.Text(Description, "LoadBalancerArn") ?? "",
        V2Kind.Rule when Arn.LastIndexOf('/') is > 0 and var end =>
            Arn[..end].Replace(":listener-rule/", ":listener/", StringComparison.Ordinal),
        _ => "",
    };
}
