using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.AwsApi.Shapes;
using CloudLb.Core.Accounts;
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

    /// <summary>The last page that was told: who asks again is told the same as long as nothing has changed.</summary>
    private volatile ToldPage? _last;

    public Task<DescribeLoadBalancersResponse> ExecuteAsync(
        DescribeLoadBalancersRequest request, Caller caller, CancellationToken cancellationToken) =>
        Task.FromResult(request.LoadBalancerNames is { Count: > 0 } names ? Named(names, caller) : Page(request, caller));

    private DescribeLoadBalancersResponse Named(IReadOnlyList<string> names, Caller caller)
    {
        var snapshot = store.Current;
        Written<LoadBalancerDescription> Told(string name) =>
            snapshot.LoadBalancers.Get(caller.LoadBalancer(name)).ToWritten(snapshot.Certificates, networks);
        return new() { LoadBalancerDescriptions = Written(names is [var one] ? [Told(one)] : [.. names.Distinct().Select(Told)]) };
    }

    private DescribeLoadBalancersResponse Page(DescribeLoadBalancersRequest request, Caller caller)
    {
        var snapshot = store.Current;
        var asked = new AskedPage(
            snapshot.LoadBalancers, snapshot.Certificates, networks.Listed, caller.AccountId(), caller.Region, request.Marker,
            request.PageSize ?? DefaultPageSize);
        if (_last is not { } last || last.Asked != asked)
        {
            _last = last = new(asked, Read(asked));
        }

        return last.Response;
    }

    private DescribeLoadBalancersResponse Read(AskedPage asked)
    {
        // One more than the page tells whether there is another.
        var size = asked.Size;
        var found = asked.LoadBalancers.Page(asked.Account, asked.Region, Markers.Decode(asked.Marker), size + 1);
        var descriptions = new Written<LoadBalancerDescription>[Math.Min(size, found.Count)];
        for (var index = 0; index < descriptions.Length; index++)
        {
            descriptions[index] = found[index].ToWritten(asked.Certificates, networks);
        }

        return new()
        {
            LoadBalancerDescriptions = Written(descriptions),
            NextMarker = found.Count > size ? Markers.Encode(found[size - 1].Key.Name) : null,
        };
    }

    private static WrittenList<LoadBalancerDescription> Written(Written<LoadBalancerDescription>[] descriptions) => new(descriptions);

    /// <summary>A page, and what there is to tell; collections and contents are other objects whenever anything in them is.</summary>
    private sealed record AskedPage(
        ResourceCollection<LoadBalancerKey, LoadBalancer> LoadBalancers, ResourceCollection<string, ServerCertificate> Certificates,
        InventoryContent Listed, AccountId Account, string Region, string? Marker, int Size);

    private sealed record ToldPage(AskedPage Asked, DescribeLoadBalancersResponse Response);
}
