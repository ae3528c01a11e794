namespace CloudLb.Core.LoadBalancers;

/// <summary>A label on a load balancer. Keys are case-sensitive and unique; a value may be empty.</summary>
public sealed record Tag(string Key, string Value);
