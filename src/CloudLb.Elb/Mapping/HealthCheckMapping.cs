using CloudLb.Elb.Domain;
using Wire = CloudLb.Elb.Contracts;

namespace CloudLb.Elb.Mapping;

/// <summary>Health checks; ranges are the model's and are checked before.</summary>
internal static class HealthCheckMapping
{
    public static HealthCheck ToDomain(this Wire.HealthCheck healthCheck) => new()
    {
        Target = HealthCheckTarget.Parse(healthCheck.Target),
        Interval = TimeSpan.FromSeconds(healthCheck.Interval),
        Timeout = TimeSpan.FromSeconds(healthCheck.Timeout),
        HealthyThreshold = healthCheck.HealthyThreshold,
        UnhealthyThreshold = healthCheck.UnhealthyThreshold,
    };

    public static Wire.HealthCheck ToWire(this HealthCheck healthCheck) => new()
    {
        Target = healthCheck.Target.ToString(),
        Interval = (int)healthCheck.Interval.TotalSeconds,
        Timeout = (int)healthCheck.Timeout.TotalSeconds,
        HealthyThreshold = healthCheck.HealthyThreshold,
        UnhealthyThreshold = healthCheck.UnhealthyThreshold,
    };
}
