using CloudLb.Core.LoadBalancers;
using CloudLb.Core.LoadBalancers.Policies;

namespace CloudLb.Core.Traffic.Planning;

/// <summary>What a listener's cookie policy means for the traffic.</summary>
internal static class StickinessPlan
{
    public static PlannedStickiness? Of(LoadBalancer loadBalancer, Listener listener)
    {
        foreach (var policy in loadBalancer.PoliciesOfListener(listener.LoadBalancerPort))
        {
            switch (policy.TypeName)
            {
                case PolicyTypes.LBCookieStickiness:
                    return new(loadBalancer.StickinessKey!, policy.CookiePeriodSeconds(), null);
                case PolicyTypes.AppCookieStickiness:
                    return new(loadBalancer.StickinessKey!, null, policy.Find(PolicyTypes.CookieName));
            }
        }

        return null;
    }
}
