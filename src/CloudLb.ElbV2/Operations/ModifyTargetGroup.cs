using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Changes how the targets of a group are checked; what is not given stays.</summary>
internal sealed class ModifyTargetGroup(IResourceStore store, TargetChecks targets)
    : IOperation<ModifyTargetGroupRequest, ModifyTargetGroupResponse>
{
    public async Task<ModifyTargetGroupResponse> ExecuteAsync(
        ModifyTargetGroupRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var given = TargetGroupMapping.HealthCheckOf(request);
        var updated = await store.UpdateAsync(
            TargetGroupCollection.Kind, caller.Arn(request.TargetGroupArn, ArnKind.TargetGroup),
            (group, snapshot) => targets.CheckPort(snapshot, group, group.WithHealthCheck(given)), cancellationToken);

        return new() { TargetGroups = [updated.ToWire(store.Current)] };
    }
}
