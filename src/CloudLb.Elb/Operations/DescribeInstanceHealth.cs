using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Health;
using CloudLb.Elb.Mapping;
using InstanceState = CloudLb.Elb.Contracts.InstanceState;

namespace CloudLb.Elb.Operations;

/// <summary>Answers the state of the instances named, in the order asked, or of all that are registered.</summary>
internal sealed class DescribeInstanceHealth(IResourceStore store, IInventory inventory, HealthReader health)
    : IOperation<DescribeInstanceHealthRequest, DescribeInstanceHealthResponse>
{
    public async Task<DescribeInstanceHealthResponse> ExecuteAsync(
        DescribeInstanceHealthRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var loadBalancer = store.Current.LoadBalancers.Get(caller.LoadBalancer(request.LoadBalancerName));
        if (request.Instances is not { Count: > 0 } named)
        {
            return new()
            {
                InstanceStates = States([.. loadBalancer.Instances.Select(instance => instance.InstanceId)], health.Read(loadBalancer)),
            };
        }

        var ids = named.Ids();
        await inventory.EnsureKnownAsync(loadBalancer, ids, cancellationToken);
        return new() { InstanceStates = States(ids, health.Read(loadBalancer, ids)) };
    }

    private static IReadOnlyList<InstanceState> States(IReadOnlyList<string> ids, IReadOnlyList<InstanceHealth> states) =>
        [.. ids.Zip(states, State)];

    private static InstanceState State(string id, InstanceHealth health) =>
        new() { InstanceId = id, State = health.State.ToString(), ReasonCode = health.ReasonCode, Description = health.Description };
}
