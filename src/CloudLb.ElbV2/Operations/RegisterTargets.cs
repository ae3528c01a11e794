using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Accounts;
using CloudLb.Core.Inventory;
using CloudLb.Core.Leases;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>
/// Registers targets, all or none; one that is registered already is no error. A member that registers itself renews its lease by it.
/// </summary>
internal sealed class RegisterTargets(
    IResourceStore store, IInventory inventory, IRegionZones zones, TargetChecks targets, TargetLimits limits, Leases? leases = null)
    : IOperation<RegisterTargetsRequest, RegisterTargetsResponse>
{
    public async Task<RegisterTargetsResponse> ExecuteAsync(
        RegisterTargetsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var arn = caller.Arn(request.TargetGroupArn, ArnKind.TargetGroup);
        var existing = store.Current.TargetGroups.Get(arn);
        var located = await inventory.LocateAsync(store.Current, existing, zones.Of(caller.Region), request.Targets, cancellationToken);
        if (MemberKey.Of(arn.Account, caller.UserId) is { } memberKey && store.Current.Members.Find(memberKey) is { } member)
        {
            leases?.Renew(MemberTargets.Of(member.Key, arn));
            located = [.. located.Select(target => target with { RegisteredBy = member.Key.Name })];
        }

        await store.UpdateAsync(
            TargetGroupCollection.Kind, arn,
            (group, snapshot) => limits.Check(snapshot, group, group.WithTargets(targets.Check(snapshot, group, located), limits.Quotas)),
            cancellationToken);

        return new();
    }
}
