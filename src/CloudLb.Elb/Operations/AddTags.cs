using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Addresses;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Templates;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Mapping;

namespace CloudLb.Elb.Operations;

/// <summary>Adds tags to one load balancer, or gives those it has new values.</summary>
internal sealed class AddTags(IResourceStore store, Quotas quotas, Sharing sharing, ITemplateRights templates)
    : IOperation<AddTagsRequest, AddTagsResponse>
{
    public async Task<AddTagsResponse> ExecuteAsync(AddTagsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var tags = request.Tags.ToDomain();
        if (TemplateTag.WhyNot(tags, caller.LoadBalancer(request.LoadBalancerNames.Single()).Account, templates) is { } why)
        {
            throw CommonErrors.ValidationError.Because(why);
        }

        await store.UpdateAsync(
            caller.LoadBalancer(request.LoadBalancerNames.Single()),
            (loadBalancer, snapshot) => loadBalancer.WithTags(tags, quotas).EnsureShareable(sharing, snapshot, loadBalancer),
            cancellationToken);

        return new();
    }
}
