using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Mapping;

namespace CloudLb.Elb.Operations;

/// <summary>Answers every group of attributes of one load balancer.</summary>
internal sealed class DescribeLoadBalancerAttributes(IResourceStore store)
    : IOperation<DescribeLoadBalancerAttributesRequest, DescribeLoadBalancerAttributesResponse>
{
    public Task<DescribeLoadBalancerAttributesResponse> ExecuteAsync(
        DescribeLoadBalancerAttributesRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var loadBalancer = store.Current.LoadBalancers.Get(caller.LoadBalancer(request.LoadBalancerName));
        return Task.FromResult(new DescribeLoadBalancerAttributesResponse { LoadBalancerAttributes = loadBalancer.Attributes.ToWire() });
    }
}
