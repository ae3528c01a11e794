using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain.Policies;
using CloudLb.Elb.Mapping;

namespace CloudLb.Elb.Operations;

/// <summary>Describes the policy types named, or all six.</summary>
internal sealed class DescribeLoadBalancerPolicyTypes
    : IOperation<DescribeLoadBalancerPolicyTypesRequest, DescribeLoadBalancerPolicyTypesResponse>
{
    public Task<DescribeLoadBalancerPolicyTypesResponse> ExecuteAsync(
        DescribeLoadBalancerPolicyTypesRequest request, Caller caller, CancellationToken cancellationToken)
    {
        IEnumerable<PolicyType> types = request.PolicyTypeNames is { Count: > 0 } names
            ? names.Distinct().Select(PolicyTypes.Get)
            : PolicyTypes.All;
        return Task.FromResult(
            new DescribeLoadBalancerPolicyTypesResponse { PolicyTypeDescriptions = [.. types.Select(type => type.ToWire())] });
    }
}
