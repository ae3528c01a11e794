using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.AccessLogs;
using CloudLb.Core.Resources;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Mapping;

namespace CloudLb.Elb.Operations;

/// <summary>Changes the groups of attributes that are given, and answers those groups.</summary>
internal sealed class ModifyLoadBalancerAttributes(IResourceStore store, IAccessLogBuckets buckets)
    : IOperation<ModifyLoadBalancerAttributesRequest, ModifyLoadBalancerAttributesResponse>
{
    public async Task<ModifyLoadBalancerAttributesResponse> ExecuteAsync(
        ModifyLoadBalancerAttributesRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var key = caller.LoadBalancer(request.LoadBalancerName);
        await CheckBucketAsync(store.Current.LoadBalancers.Get(key), request.LoadBalancerAttributes, cancellationToken);
        var updated = await store.UpdateAsync(
            key,
            loadBalancer => loadBalancer.WithAttributes(loadBalancer.Attributes.ChangedBy(request.LoadBalancerAttributes)),
            cancellationToken);

        return new()
        {
            LoadBalancerName = request.LoadBalancerName,
            LoadBalancerAttributes = request.LoadBalancerAttributes.Echo(updated.Attributes),
        };
    }

    /// <summary>
    /// A bucket that is switched on, or whose name or prefix is new, is tried before the change, which must not wait for it; so is
    /// everything else, as nothing is written for a change that is refused.
    /// </summary>
    private async Task CheckBucketAsync(LoadBalancer loadBalancer, LoadBalancerAttributes change, CancellationToken cancellationToken)
    {
        var (before, after) = (
            loadBalancer.Attributes.AccessLog, loadBalancer.WithAttributes(loadBalancer.Attributes.ChangedBy(change)).Attributes.AccessLog);
        if (after is { IsEnabled: true }
            && (before is not { IsEnabled: true } || (before.Bucket, before.Prefix) != (after.Bucket, after.Prefix)))
        {
            if (await buckets.CheckAsync(loadBalancer.Key.ToId(), after, cancellationToken) is { } fault)
            {
                throw BucketMapping.Refusal(fault, after.Bucket);
            }
        }
    }
}
