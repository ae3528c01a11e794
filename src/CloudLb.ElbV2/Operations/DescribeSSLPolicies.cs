using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Answers AWS's predefined policies: those named, or all, or those for one type of load balancer.</summary>
internal sealed class DescribeSSLPolicies : IOperation<DescribeSSLPoliciesRequest, DescribeSSLPoliciesResponse>
{
    public Task<DescribeSSLPoliciesResponse> ExecuteAsync(
        DescribeSSLPoliciesRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var policies = request.Names is { Count: > 0 } names
            ? [.. names.Distinct().Select(SslPolicyCollection.Get)]
            : SslPolicyCollection.All;
        var wanted = policies
            .Where(policy => request.LoadBalancerType is not { } type || policy.LoadBalancerTypes.Contains(type))
            .Select((policy, position) => (policy, Order: $"{position:D4}"));
        var page = Page.Of(wanted, entry => entry.Order, request.Marker, request.PageSize);

        return Task.FromResult(
            new DescribeSSLPoliciesResponse
            {
                SslPolicies = [.. page.Items.Select(entry => entry.policy.ToWire())], NextMarker = page.NextMarker,
            });
    }
}
