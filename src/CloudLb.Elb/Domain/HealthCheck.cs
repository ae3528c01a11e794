namespace CloudLb.Elb.Domain;

/// <summary>How often, and how patiently, a load balancer checks each of its instances.</summary>
public sealed record HealthCheck
{
    /// <summary>What is probed, spelled as AWS spells it: <c>HTTP:8080/ping</c>, <c>TCP:22</c>.</summary>
    public required HealthCheckTarget Target { get; init; }

    /// <summary>From one check to the next: 5 to 300 seconds.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>How long an answer may take: 2 to 60 seconds, shorter than the interval.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Passed checks in a row that bring a failed instance back: 2 to 10.</summary>
    public required int HealthyThreshold { get; init; }

    /// <summary>Failed checks in a row that take an instance out: 2 to 10.</summary>
    public required int UnhealthyThreshold { get; init; }

    /// <summary>
    /// What a load balancer has from its creation on (AWS captures: TCP on the first listener's instance port, 30 s, 5 s, 10, 2).
    /// </summary>
    public static HealthCheck Default(int instancePort) => new()
    {
        Target = new(ListenerProtocol.TCP, instancePort, ""),
        Interval = TimeSpan.FromSeconds(30),
        Timeout = TimeSpan.FromSeconds(5),
        HealthyThreshold = 10,
        UnhealthyThreshold = 2,
    };
}
