using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Templates;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Adds tags to resources, or gives those they have new values: to all of them or, on an error, to none.</summary>
internal sealed class AddTags(IResourceStore store, Quotas quotas, ITemplateRights templates)
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
            snapshot => arns.Aggregate(snapshot, (next, arn) => next.WithTags(arn, stored => stored.With(tags, quotas))),
            cancellationToken);

        return new();
    }
}
