using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.AccessLogs;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;
using LoadBalancer = CloudLb.ElbV2.Domain.LoadBalancer;

namespace CloudLb.ElbV2.Operations;

/// <summary>Changes the attributes given, all or none, and answers every one.</summary>
internal sealed class ModifyLoadBalancerAttributes(IResourceStore store, IAccessLogBuckets buckets)
    : IOperation<ModifyLoadBalancerAttributesRequest, ModifyLoadBalancerAttributesResponse>
{
    public async Task<ModifyLoadBalancerAttributesResponse> ExecuteAsync(
        ModifyLoadBalancerAttributesRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var given = request.Attributes.ToDomain();
        var arn = caller.Arn(request.LoadBalancerArn, ArnKind.LoadBalancer);
        if (store.Current.V2LoadBalancers.Find(arn) is { } found)
        {
            await CheckBucketAsync(found, found.WithAttributes(given), cancellationToken);
        }

        var updated = await store.UpdateAsync(
            LoadBalancerCollection.Kind, arn, (loadBalancer, _) => loadBalancer.WithAttributes(given), cancellationToken);

        return new() { Attributes = updated.AttributesToWire() };
    }

    /// <summary>A bucket that is new to a load balancer is tried before the change, which must not wait for it.</summary>
    private async Task CheckBucketAsync(LoadBalancer before, LoadBalancer after, CancellationToken cancellationToken)
    {
        foreach (var log in LogAttributes.All(after).Except(LogAttributes.All(before)))
        {
            if (await buckets.CheckAsync(after.ToId(), log, cancellationToken) is { } fault)
            {
                throw fault == BucketFault.Unreachable
                    ? Errors.InvalidConfigurationRequest.Because(
                        $"The bucket {log.Bucket} cannot be written to now. Please try again later")
                    : Errors.InvalidConfigurationRequest.Because(
                        $"Access Denied for bucket: {log.Bucket}. Please check S3bucket permission");
            }
        }
    }
}
