namespace CloudLb.Elb.Domain;

/// <summary>Whether a load balancer is meant for the world or for its own network; it shows in the DNS name.</summary>
public enum LoadBalancerScheme
{
    InternetFacing,
    Internal,
}
