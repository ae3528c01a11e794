using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Answers every attribute that a load balancer of its type has.</summary>
internal sealed class DescribeLoadBalancerAttributes(IResourceStore store)
    : IOperation<DescribeLoadBalancerAttributesRequest, DescribeLoadBalancerAttributesResponse>
{
    public Task<DescribeLoadBalancerAttributesResponse> ExecuteAsync(
        DescribeLoadBalancerAttributesRequest request, Caller caller, CancellationToken cancellationToken) => Task.FromResult(
        new DescribeLoadBalancerAttributesResponse
        {
            Attributes = store.Current.V2LoadBalancers.Get(caller.Arn(request.LoadBalancerArn, ArnKind.LoadBalancer)).AttributesToWire(),
        });
}
