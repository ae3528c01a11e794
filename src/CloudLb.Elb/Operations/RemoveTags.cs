using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Mapping;

namespace CloudLb.Elb.Operations;

/// <summary>Removes tags by their keys from one load balancer.</summary>
internal sealed class RemoveTags(IResourceStore store) : IOperation<RemoveTagsRequest, RemoveTagsResponse>
{
    public async Task<RemoveTagsResponse> ExecuteAsync(RemoveTagsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var keys = request.Tags.Keys();
        await store.UpdateAsync(
            caller.LoadBalancer(request.LoadBalancerNames.Single()), loadBalancer => loadBalancer.WithoutTags(keys), cancellationToken);

        return new();
    }
}
