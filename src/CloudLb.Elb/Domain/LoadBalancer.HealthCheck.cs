using CloudLb.AwsApi;

namespace CloudLb.Elb.Domain;

public sealed partial record LoadBalancer
{
    public LoadBalancer WithHealthCheck(HealthCheck healthCheck) => healthCheck.Timeout < healthCheck.Interval
        ? this with { HealthCheck = healthCheck }
        : throw CommonErrors.ValidationError.Because("Health check interval must be greater than the timeout.");
}
