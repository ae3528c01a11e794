using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Mapping;

namespace CloudLb.Elb.Operations;

/// <summary>Answers the tags of up to 20 load balancers, an entry for each even when it has none.</summary>
internal sealed class DescribeTags(IResourceStore store) : IOperation<DescribeTagsRequest, DescribeTagsResponse>
{
    public Task<DescribeTagsResponse> ExecuteAsync(DescribeTagsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var snapshot = store.Current;
        var descriptions = request.LoadBalancerNames.Distinct()
            .Select(name => snapshot.LoadBalancers.Get(caller.LoadBalancer(name)))
            .Select(loadBalancer => new TagDescription { LoadBalancerName = loadBalancer.Key.Name, Tags = loadBalancer.Tags.ToWire() });

        return Task.FromResult(new DescribeTagsResponse { TagDescriptions = [.. descriptions] });
    }
}
