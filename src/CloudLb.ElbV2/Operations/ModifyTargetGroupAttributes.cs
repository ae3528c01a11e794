using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Changes the attributes given, all or none, and answers every one.</summary>
internal sealed class ModifyTargetGroupAttributes(IResourceStore store, IClientAddressKeeper clientAddresses)
    : IOperation<ModifyTargetGroupAttributesRequest, ModifyTargetGroupAttributesResponse>
{
    public async Task<ModifyTargetGroupAttributesResponse> ExecuteAsync(
        ModifyTargetGroupAttributesRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var given = request.Attributes.ToDomain();
        var updated = await store.UpdateAsync(
            TargetGroupCollection.Kind, caller.Arn(request.TargetGroupArn, ArnKind.TargetGroup),
            (group, snapshot) => GroupStickiness.Checked(group, group.WithAttributes(given, clientAddresses.WhyNot), snapshot),
            cancellationToken);

        return new() { Attributes = updated.AttributesToWire() };
    }
}
