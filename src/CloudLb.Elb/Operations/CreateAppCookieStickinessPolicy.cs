using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Domain.Policies;
using CloudLb.Elb.Mapping;

namespace CloudLb.Elb.Operations;

/// <summary>Makes a policy whose stickiness follows a cookie of the application; the same one again is no error.</summary>
internal sealed class CreateAppCookieStickinessPolicy(IResourceStore store, Quotas quotas)
    : IOperation<CreateAppCookieStickinessPolicyRequest, CreateAppCookieStickinessPolicyResponse>
{
    public async Task<CreateAppCookieStickinessPolicyResponse> ExecuteAsync(
        CreateAppCookieStickinessPolicyRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var policy = new Policy
        {
            Name = request.PolicyName, TypeName = PolicyTypes.AppCookieStickiness,
            Attributes = [new(PolicyTypes.CookieName, request.CookieName)],
        };
        await store.UpdateAsync(
            caller.LoadBalancer(request.LoadBalancerName), loadBalancer => loadBalancer.WithPolicy(policy, quotas), cancellationToken);

        return new();
    }
}
