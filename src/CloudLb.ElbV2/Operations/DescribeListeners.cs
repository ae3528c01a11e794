using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;
using Listener = CloudLb.ElbV2.Domain.Listener;

namespace CloudLb.ElbV2.Operations;

/// <summary>Describes the listeners named, or those of a load balancer page by page in the order of their ports.</summary>
internal sealed class DescribeListeners(IResourceStore store) : IOperation<DescribeListenersRequest, DescribeListenersResponse>
{
    public Task<DescribeListenersResponse> ExecuteAsync(
        DescribeListenersRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var snapshot = store.Current;
        var page = (request.LoadBalancerArn, request.ListenerArns) switch
        {
            ({ }, { Count: > 0 }) => throw CommonErrors.ValidationError.Because(
                "A load balancer ARN and listener ARNs cannot be specified at the same time"),
            (_, { Count: > 0 } arns) => new Page<Listener>(
                [.. arns.Distinct().Select(arn => snapshot.Listeners.Get(caller.Arn(arn, ArnKind.Listener)))], null),
            ({ } loadBalancer, _) => Page.Of(
                snapshot.Listeners.Of(snapshot.V2LoadBalancers.Get(caller.Arn(loadBalancer, ArnKind.LoadBalancer)).Arn),
                ListenerCollection.OrderOf, request.Marker, request.PageSize),
            _ => throw CommonErrors.ValidationError.Because("You must specify either listener ARNs or a load balancer ARN"),
        };
        return Task.FromResult(
            new DescribeListenersResponse
            {
                Listeners = [.. page.Items.Select(listener => listener.ToWire(snapshot))], NextMarker = page.NextMarker,
            });
    }
}
