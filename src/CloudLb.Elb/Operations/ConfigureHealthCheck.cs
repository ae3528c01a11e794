using CloudLb.AwsQuery;
using CloudLb.AwsQuery.Dispatch;
using CloudLb.Core.LoadBalancers;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Mapping;

namespace CloudLb.Elb.Operations;

/// <summary>Replaces the health check of one load balancer.</summary>
internal sealed class ConfigureHealthCheck(ILoadBalancerStore store) : IOperation<ConfigureHealthCheckRequest, ConfigureHealthCheckResponse>
{
    public async Task<ConfigureHealthCheckResponse> ExecuteAsync(
        ConfigureHealthCheckRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var updated = await store.UpdateAsync(
            caller.LoadBalancer(request.LoadBalancerName),
            loadBalancer => loadBalancer.WithHealthCheck(request.HealthCheck.ToDomain()),
            cancellationToken);

        return new() { HealthCheck = updated.HealthCheck.ToWire() };
    }
}
