namespace CloudLb.ElbV2.Domain;

/// <summary>Whom a load balancer is for; it changes its DNS name and nothing of its traffic.</summary>
public enum LoadBalancerScheme
{
    InternetFacing,
    Internal,
}
