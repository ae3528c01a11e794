using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Answers the tags of up to 20 resources, an entry for each even when it has none, in the order asked.</summary>
internal sealed class DescribeTags(IResourceStore store) : IOperation<DescribeTagsRequest, DescribeTagsResponse>
{
    public Task<DescribeTagsResponse> ExecuteAsync(DescribeTagsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var snapshot = store.Current;
        var descriptions = caller.ResourceArns(request.ResourceArns)
            .Select(arn => new TagDescription { ResourceArn = arn.ToString(), Tags = snapshot.TagsOf(arn).ToWire() });

        return Task.FromResult(new DescribeTagsResponse { TagDescriptions = [.. descriptions] });
    }
}
