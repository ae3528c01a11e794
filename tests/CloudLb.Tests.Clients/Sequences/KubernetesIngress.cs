namespace CloudLb.Tests.Clients.Sequences;

/// <summary>What an Ingress asks of the AWS Load Balancer Controller: an application load balancer with rules to services.</summary>
internal sealed record KubernetesIngress
{
    public required string Name { get; init; }

    public required IReadOnlyList<string> Subnets { get; init; }

    public required IReadOnlyList<string> SecurityGroups { get; init; }

    public IReadOnlyList<int> Ports { get; init; } = [80];

    /// <summary>A service's name, and the addresses of its pods.</summary>
    public required IReadOnlyDictionary<string, string[]> Services { get; init; }

    /// <summary>In the order of their priorities; a host or a path may be missing.</summary>
    public required IReadOnlyList<(string? Host, string? Path, string Service)> Rules { get; init; }

    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    public string HealthPath { get; init; } = "/";

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}
