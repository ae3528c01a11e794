using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.AwsApi.Responses;
using CloudLb.AwsApi.Shapes;
using CloudLb.Core.Certificates;
using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Mapping;

namespace CloudLb.Elb.Operations;

/// <summary>Describes the load balancers named, or all of the account and region page by page in the order of their names.</summary>
internal sealed class DescribeLoadBalancers(IResourceStore store, Networks networks)
    : IOperation<DescribeLoadBalancersRequest, DescribeLoadBalancersResponse>
{
    /// <summary>The service model's largest and default page.</summary>
    private const int DefaultPageSize = 400;

    public Task<DescribeLoadBalancersResponse> ExecuteAsync(
        DescribeLoadBalancersRequest request, Caller caller, CancellationToken cancellationToken) =>
        Task.FromResult(request.LoadBalancerNames is { Count: > 0 } names ? Named(names, caller) : Page(request, caller));

    private DescribeLoadBalancersResponse Named(IReadOnlyList<string> names, Caller caller)
    {
        var snapshot = store.Current;
        var found = names.Distinct()
            .Select(name => snapshot.LoadBalancers.Get(caller.LoadBalancer(name)).ToWritten(snapshot.Certificates, networks));
        return new() { LoadBalancerDescriptions = Written([.. found]) };
    }

    private DescribeLoadBalancersResponse Page(DescribeLoadBalancersRequest request, Caller caller)
    {
        // One more than the page tells whether there is another.
        var size = request.PageSize ?? DefaultPageSize;
        var snapshot = store.Current;
        var found = snapshot.LoadBalancers.Page(caller.AccountId(), caller.Region, Markers.Decode(request.Marker), size + 1);
        var descriptions = new Written<LoadBalancerDescription>[Math.Min(size, found.Count)];
        for (var index = 0; index < descriptions.Length; index++)
        {
            descriptions[index] = found[index].ToWritten(snapshot.Certificates, networks);
        }

        return new()
        {
            LoadBalancerDescriptions = Written(descriptions),
            NextMarker = found.Count > size ? Markers.Encode(found[size - 1].Key.Name) : null,
        };
    }

    private static WrittenList<LoadBalancerDescription> Written(Written<LoadBalancerDescription>[] descriptions) => new(descriptions);
}
