using CloudLb.AwsApi;
using CloudLb.Core.Accounts;
using CloudLb.Elb.Domain;

namespace CloudLb.Elb.Mapping;

/// <summary>What a caller may name: the load balancers of its own account, in the region it signed for.</summary>
internal static class CallerMapping
{
    public static AccountId AccountId(this Caller caller) => new(caller.Account);

    /// <summary>The key of a load balancer by its name; an ill-formed name is AWS's ValidationError.</summary>
    public static LoadBalancerKey LoadBalancer(this Caller caller, string name) =>
        new(caller.AccountId(), caller.Region, LoadBalancerName.Check(name));
}
