using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;
using LoadBalancer = CloudLb.ElbV2.Domain.LoadBalancer;

namespace CloudLb.ElbV2.Operations;

/// <summary>Describes the load balancers named, by ARN or by name, or all of the account and region page by page.</summary>
internal sealed class DescribeLoadBalancers(IResourceStore store)
    : IOperation<DescribeLoadBalancersRequest, DescribeLoadBalancersResponse>
{
    /// <summary>Of ARNs or names in one call (API reference).</summary>
    private const int MaximumNamed = 20;

    public Task<DescribeLoadBalancersResponse> ExecuteAsync(
        DescribeLoadBalancersRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var loadBalancers = store.Current.V2LoadBalancers;
        switch (request.LoadBalancerArns, request.Names)
        {
            case ({ Count: > 0 }, { Count: > 0 }):
                throw CommonErrors.ValidationError.Because("Load balancer ARNs and names cannot be specified at the same time");

            case ({ Count: > 0 } arns, _):
                Check(arns.Count, "load balancer ARNs");
                return Answer(arns.Distinct().Select(arn => loadBalancers.Get(caller.Arn(arn, ArnKind.LoadBalancer))), null);

            case (_, { Count: > 0 } names):
                Check(names.Count, "load balancer names");
                return Answer(loadBalancers.Get(caller.Scope(), names), null);

            default:
                var page = Page.Of(
                    loadBalancers.Of(caller.Scope()), loadBalancer => loadBalancer.Name, request.Marker, request.PageSize);
                return Answer(page.Items, page.NextMarker);
        }
    }

    private static void Check(int count, string what)
    {
        if (count > MaximumNamed)
        {
            throw CommonErrors.ValidationError.Because($"Up to '{MaximumNamed}' {what} can be specified, but '{count}' were specified");
        }
    }

    private static Task<DescribeLoadBalancersResponse> Answer(IEnumerable<LoadBalancer> found, string? nextMarker) => Task.FromResult(
        new DescribeLoadBalancersResponse
        {
            LoadBalancers = [.. found.Select(loadBalancer => loadBalancer.ToWire())], NextMarker = nextMarker,
        });
}
