using CloudLb.Core.Accounts;

namespace CloudLb.Elb.Domain;

/// <summary>Where the name of a load balancer is unique.</summary>
public readonly record struct LoadBalancerScope(AccountId Account, string Region);
