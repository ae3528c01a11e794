using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Mapping;

namespace CloudLb.Elb.Operations;

/// <summary>Replaces the health check of one load balancer.</summary>
internal sealed class ConfigureHealthCheck(IResourceStore store, InstanceRules targets)
    : IOperation<ConfigureHealthCheckRequest, ConfigureHealthCheckResponse>
{
    public async Task<ConfigureHealthCheckResponse> ExecuteAsync(
        ConfigureHealthCheckRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var updated = await store.UpdateAsync(
            caller.LoadBalancer(request.LoadBalancerName),
            (loadBalancer, snapshot) => targets.CheckPorts(
                snapshot, loadBalancer, loadBalancer.WithHealthCheck(request.HealthCheck.ToDomain()), CommonErrors.ValidationError),
            cancellationToken);

        return new() { HealthCheck = updated.HealthCheck.ToWire() };
    }
}
