using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Mapping;

namespace CloudLb.Elb.Operations;

/// <summary>Deletes a load balancer with all that belongs to it; one that does not exist is no error.</summary>
internal sealed class DeleteLoadBalancer(IResourceStore store) : IOperation<DeleteLoadBalancerRequest, DeleteLoadBalancerResponse>
{
    public async Task<DeleteLoadBalancerResponse> ExecuteAsync(
        DeleteLoadBalancerRequest request, Caller caller, CancellationToken cancellationToken)
    {
        await store.DeleteAsync(caller.LoadBalancer(request.LoadBalancerName), cancellationToken);
        return new();
    }
}
