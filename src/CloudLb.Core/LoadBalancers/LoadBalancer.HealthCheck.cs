namespace CloudLb.Core.LoadBalancers;

public sealed partial record LoadBalancer
{
    public LoadBalancer WithHealthCheck(HealthCheck healthCheck) => healthCheck.Timeout < healthCheck.Interval
        ? this with { HealthCheck = healthCheck }
        : throw new ServiceException(ErrorCode.ValidationError, "Health check interval must be greater than the timeout.");
}
