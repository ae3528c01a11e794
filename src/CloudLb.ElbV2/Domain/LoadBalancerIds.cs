using CloudLb.Core.Traffic.Planning;

namespace CloudLb.ElbV2.Domain;

/// <summary>What load balancers are called where several APIs meet. Names are unique over both kinds, and beside Classic's.</summary>
public static class LoadBalancerIds
{
    public const string Application = "alb";
    public const string Network = "nlb";

    public static LoadBalancerId ToId(this LoadBalancer loadBalancer) => new(
        loadBalancer.Type == LoadBalancerType.Network ? Network : Application, loadBalancer.Arn.Account, loadBalancer.Arn.Region,
        loadBalancer.Name);
}
