using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Domain.Policies;
using CloudLb.Elb.Mapping;

namespace CloudLb.Elb.Operations;

/// <summary>Describes the policies of a load balancer, or without one AWS's predefined policies: those named, or all.</summary>
internal sealed class DescribeLoadBalancerPolicies(IResourceStore store)
    : IOperation<DescribeLoadBalancerPoliciesRequest, DescribeLoadBalancerPoliciesResponse>
{
    public Task<DescribeLoadBalancerPoliciesResponse> ExecuteAsync(
        DescribeLoadBalancerPoliciesRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var policies = string.IsNullOrEmpty(request.LoadBalancerName)
            ? Find(request.PolicyNames, PredefinedPolicies.All, PredefinedPolicies.Get)
            : Of(store.Current.LoadBalancers.Get(caller.LoadBalancer(request.LoadBalancerName)), request.PolicyNames);
        return Task.FromResult(
            new DescribeLoadBalancerPoliciesResponse { PolicyDescriptions = [.. policies.Select(policy => policy.ToWire())] });
    }

    private static IEnumerable<Policy> Of(LoadBalancer loadBalancer, IReadOnlyList<string>? names) =>
        Find(names, loadBalancer.Policies, loadBalancer.GetPolicy);

    private static IEnumerable<Policy> Find(IReadOnlyList<string>? names, IEnumerable<Policy> all, Func<string, Policy> get) =>
        names is { Count: > 0 } ? names.Distinct().Select(get) : all;
}
