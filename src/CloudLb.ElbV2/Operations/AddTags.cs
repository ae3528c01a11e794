using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Addresses;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Templates;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Adds tags to resources, or gives those they have new values: to all of them or, on an error, to none.</summary>
internal sealed class AddTags(IResourceStore store, Quotas quotas, Sharing sharing, ITemplateRights templates)
    : IOperation<AddTagsRequest, AddTagsResponse>
{
    public async Task<AddTagsResponse> ExecuteAsync(AddTagsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var arns = caller.ResourceArns(request.ResourceArns);
        var tags = request.Tags.ToDomain();
        if (arns.Any(arn => arn.Kind == ArnKind.LoadBalancer) && TemplateTag.WhyNot(tags, caller.AccountId(), templates) is { } why)
        {
            throw CommonErrors.ValidationError.Because(why);
        }

        await store.ChangeAsync(
            snapshot => arns.Aggregate(snapshot, (next, arn) => Checked(
                next.WithTags(arn, stored => stored.With(tags, quotas)), next, arn)),
            cancellationToken);

        return new();
    }

    /// <summary>Host names that are given here are not the load balancer's to take from itself or another.</summary>
    private Snapshot Checked(Snapshot tagged, Snapshot before, Arn arn)
    {
        if (arn.Kind == ArnKind.LoadBalancer)
        {
            tagged.V2LoadBalancers.Get(arn).EnsureClaimable(sharing.Claims, before, before.V2LoadBalancers.Get(arn));
        }

        return tagged;
    }
}
