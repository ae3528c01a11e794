using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Removes tags from resources; a key that is not there is no error.</summary>
internal sealed class RemoveTags(IResourceStore store) : IOperation<RemoveTagsRequest, RemoveTagsResponse>
{
    public async Task<RemoveTagsResponse> ExecuteAsync(RemoveTagsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var arns = caller.ResourceArns(request.ResourceArns);
        var keys = request.TagKeys.ToHashSet();
        await store.ChangeAsync(
            snapshot => arns.Aggregate(snapshot, (next, arn) => next.WithTags(arn, stored => stored.Without(keys))),
            cancellationToken);

        return new();
    }
}
