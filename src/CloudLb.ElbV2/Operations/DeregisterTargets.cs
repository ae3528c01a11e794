using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>
/// Deregisters targets; one that is not registered is no error. Without a port only the registration on the group's port is meant.
/// </summary>
internal sealed class DeregisterTargets(IResourceStore store, TimeProvider clock, ClockSpeed speed)
    : IOperation<DeregisterTargetsRequest, DeregisterTargetsResponse>
{
    public async Task<DeregisterTargetsResponse> ExecuteAsync(
        DeregisterTargetsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await store.UpdateAsync(
            TargetGroupCollection.Kind, caller.Arn(request.TargetGroupArn, ArnKind.TargetGroup),
            (group, snapshot) => group.WithoutTargets(
                request.Targets.Ids(group), snapshot.LoadBalancerOf(group.Arn) is not null, now, speed),
            cancellationToken);

        return new();
    }
}
