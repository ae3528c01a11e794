namespace CloudLb.Tests.Clients.Sequences;

/// <summary>What a Service with the class of the AWS Load Balancer Controller asks of it: a network load balancer.</summary>
internal sealed record NetworkService
{
    public required string Name { get; init; }

    public required IReadOnlyList<string> Subnets { get; init; }

    public required IReadOnlyList<string> SecurityGroups { get; init; }

    /// <summary>Those of the load balancer and of its target groups that annotations name.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> GroupAttributes { get; init; } = new Dictionary<string, string>();

    /// <summary>A path is checked with HTTP; without one TCP is.</summary>
    public string? HealthPath { get; init; }

    /// <summary>The ARNs of port 443, the default one first.</summary>
    public required IReadOnlyList<string> Certificates { get; init; }

    public string SslPolicy { get; init; } = "ELBSecurityPolicy-2016-08";

    public string AlpnPolicy { get; init; } = "None";

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The port of the Service and that of the nodes.</summary>
    public required IReadOnlyList<(string Port, string NodePort)> Ports { get; init; }

    public required IReadOnlyList<string> Nodes { get; init; }
}
