using System.Globalization;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Domain.Policies;
using CloudLb.Elb.Mapping;

namespace CloudLb.Elb.Operations;

/// <summary>
/// Makes a policy whose stickiness is the load balancer's own cookie; without a period, or with 0, it ends with the browser's session. The
/// same one again is no error.
/// </summary>
internal sealed class CreateLBCookieStickinessPolicy(IResourceStore store, Quotas quotas)
    : IOperation<CreateLBCookieStickinessPolicyRequest, CreateLBCookieStickinessPolicyResponse>
{
    public async Task<CreateLBCookieStickinessPolicyResponse> ExecuteAsync(
        CreateLBCookieStickinessPolicyRequest request, Caller caller, CancellationToken cancellationToken)
    {
        await store.UpdateAsync(
            caller.LoadBalancer(request.LoadBalancerName), loadBalancer =>
                loadBalancer.WithPolicy(Requested(request), quotas), cancellationToken);

        return new();
    }

    private static Policy Requested(CreateLBCookieStickinessPolicyRequest request) => new()
    {
        Name = request.PolicyName,
        TypeName = PolicyTypes.LBCookieStickiness,
        Attributes = request.CookieExpirationPeriod switch
        {
            null => [],
            < 0 => throw CommonErrors.ValidationError.Because("CookieExpirationPeriod must not be negative"),
            { } seconds => [new(PolicyTypes.CookieExpirationPeriod, seconds.ToString(CultureInfo.InvariantCulture))],
        },
    };
}
