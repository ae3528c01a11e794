using CloudLb.Core;

namespace CloudLb.ElbV2.Domain;

/// <summary>How the targets of a group are checked.</summary>
public sealed record HealthCheck
{
    /// <summary>What <see cref="PortText"/> says for the port of a target's traffic.</summary>
    public const string TrafficPort = "traffic-port";

    public required Protocol Protocol { get; init; }

    /// <summary>Null for the port of each target's traffic.</summary>
    public int? Port { get; init; }

    /// <summary>Null of TCP checks.</summary>
    public string? Path { get; init; }

    /// <summary>The answers that pass, as they were given; null of TCP checks.</summary>
    public string? HttpCode { get; init; }

    /// <summary>The statuses of gRPC that pass, as they were given, of a group that speaks it; null of others.</summary>
    public string? GrpcCode { get; init; }

    public required int IntervalSeconds { get; init; }

    public required int TimeoutSeconds { get; init; }

    public required int HealthyThreshold { get; init; }

    public required int UnhealthyThreshold { get; init; }

    /// <summary>The port as on the wire.</summary>
    public string PortText() => Port?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? TrafficPort;

    /// <summary>The answers that pass, in ascending order; none of TCP checks.</summary>
    internal EquatableArray<int> Codes(Protocol ofGroup) =>
        HttpCode is null ? [] : Matcher.Parse(HttpCode, 200, HealthCheckRules.LastCode(ofGroup));
}
