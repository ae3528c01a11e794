using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Deletes a load balancer with its listeners and their rules; one that is not there is no error.</summary>
internal sealed class DeleteLoadBalancer(IResourceStore store) : IOperation<DeleteLoadBalancerRequest, DeleteLoadBalancerResponse>
{
    public async Task<DeleteLoadBalancerResponse> ExecuteAsync(
        DeleteLoadBalancerRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var arn = caller.Arn(request.LoadBalancerArn, ArnKind.LoadBalancer);
        await store.ChangeAsync(
            snapshot =>
            {
                snapshot.V2LoadBalancers.Find(arn)?.EnsureDeletable();
                snapshot.EnsureNotInUse(arn, snapshot.PortsSentTo(arn));
                return snapshot.Listeners.Of(arn).After(null)
                    .Aggregate(snapshot, (next, listener) => next.Without(ListenerCollection.Kind, listener.Arn))
                    .Without(LoadBalancerCollection.Kind, arn);
            },
            cancellationToken);

        return new();
    }
}
