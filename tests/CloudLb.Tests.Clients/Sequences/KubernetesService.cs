namespace CloudLb.Tests.Clients.Sequences;

/// <summary>What a Service of type LoadBalancer and its annotations ask for.</summary>
internal sealed record KubernetesService
{
    /// <summary>The letter a and the Service's uid.</summary>
    public required string LoadBalancerName { get; init; }

    public required IReadOnlyList<KubernetesPort> Ports { get; init; }

    public required IReadOnlyList<string> Subnets { get; init; }

    public required IReadOnlyList<string> SecurityGroups { get; init; }

    public required IReadOnlyList<string> Nodes { get; init; }

    public bool Internal { get; init; }

    public bool ProxyProtocol { get; init; }

    /// <summary>What the four annotations on access logs say: the switch, the bucket, the prefix, minutes; null without them.</summary>
    public (bool Enabled, string? Bucket, string? Prefix, int? EmitInterval)? AccessLog { get; init; }

    /// <summary>The name of a predefined policy; null without the annotation.</summary>
    public string? SslPolicy { get; init; }

    /// <summary>An HTTP path to check; null checks the first node port with TCP.</summary>
    public string? HealthPath { get; init; }
}
