using CloudLb.Core.Traffic.Planning;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Domain.Policies;

namespace CloudLb.Elb.Planning;

/// <summary>What a listener's cookie policy means for the traffic.</summary>
internal static class StickinessPlan
{
    private const string Cookie = "AWSELB";

    // Browsers send the first cookie to its own site only; AWS gives its clients a second one for the requests of other sites' pages.
    private const string CrossSiteCookie = "AWSELBCORS";

    public static PlannedStickiness? Of(LoadBalancer loadBalancer, Listener listener)
    {
        foreach (var policy in loadBalancer.PoliciesOfListener(listener.LoadBalancerPort))
        {
            switch (policy.TypeName)
            {
                case PolicyTypes.LBCookieStickiness:
                    return new(loadBalancer.StickinessKey!, Cookie, CrossSiteCookie, policy.CookiePeriodSeconds(), null);
                case PolicyTypes.AppCookieStickiness:
                    return new(loadBalancer.StickinessKey!, Cookie, CrossSiteCookie, null, policy.Find(PolicyTypes.CookieName));
            }
        }

        return null;
    }
}
