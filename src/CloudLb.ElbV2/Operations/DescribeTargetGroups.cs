using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;
using TargetGroup = CloudLb.ElbV2.Domain.TargetGroup;

namespace CloudLb.ElbV2.Operations;

/// <summary>
/// Describes the target groups named, by ARN or by name, those that a load balancer's actions name, or all of the account and region page
/// by page.
/// </summary>
internal sealed class DescribeTargetGroups(IResourceStore store) : IOperation<DescribeTargetGroupsRequest, DescribeTargetGroupsResponse>
{
    public Task<DescribeTargetGroupsResponse> ExecuteAsync(
        DescribeTargetGroupsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var snapshot = store.Current;
        var groups = snapshot.TargetGroups;
        var filters = (request.LoadBalancerArn is null ? 0 : 1) + (request.TargetGroupArns is { Count: > 0 } ? 1 : 0) +
            (request.Names is { Count: > 0 } ? 1 : 0);
        if (filters > 1)
        {
            throw CommonErrors.ValidationError.Because(
                "Load balancer ARN, target group ARNs and target group names cannot be specified at the same time");
        }

        var page = request switch
        {
            { TargetGroupArns: { Count: > 0 } arns } =>
                new([.. arns.Distinct().Select(arn => groups.Get(caller.Arn(arn, ArnKind.TargetGroup)))], null),
            { Names: { Count: > 0 } names } => new([.. names.Distinct().Select(name => groups.Get(caller.Scope(), name))], null),
            { LoadBalancerArn: { } loadBalancer } => Page.Of(
                OfLoadBalancer(snapshot, snapshot.V2LoadBalancers.Get(caller.Arn(loadBalancer, ArnKind.LoadBalancer)).Arn),
                group => group.Name, request.Marker, request.PageSize),
            _ => Page.Of(groups.Of(caller.Scope()), group => group.Name, request.Marker, request.PageSize),
        };
        return Task.FromResult(
            new DescribeTargetGroupsResponse
            {
                TargetGroups = [.. page.Items.Select(group => group.ToWire(snapshot))], NextMarker = page.NextMarker,
            });
    }

    private static IEnumerable<TargetGroup> OfLoadBalancer(Snapshot snapshot, Arn loadBalancer) => snapshot.Listeners.Of(loadBalancer)
        .After(null)
        .SelectMany(listener => listener.TargetGroups)
        .Distinct()
        .Select(snapshot.TargetGroups.Get)
        .OrderBy(group => group.Name, StringComparer.Ordinal);
}
