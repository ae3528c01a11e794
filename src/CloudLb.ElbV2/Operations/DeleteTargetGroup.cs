using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Deletes a target group that no action names; one that is not there is no error.</summary>
internal sealed class DeleteTargetGroup(IResourceStore store) : IOperation<DeleteTargetGroupRequest, DeleteTargetGroupResponse>
{
    public async Task<DeleteTargetGroupResponse> ExecuteAsync(
        DeleteTargetGroupRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var arn = caller.Arn(request.TargetGroupArn, ArnKind.TargetGroup);
        await store.ChangeAsync(
            snapshot => snapshot.IsUsed(Use.OfTargetGroup(arn.ToString()))
                ? throw Errors.ResourceInUse.Because($"Target group '{arn}' is currently in use by a listener or a rule")
                : snapshot.Without(TargetGroupCollection.Kind, arn),
            cancellationToken);

        return new();
    }
}
