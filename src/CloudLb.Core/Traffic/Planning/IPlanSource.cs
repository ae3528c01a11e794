namespace CloudLb.Core.Traffic.Planning;

/// <summary>Turns one API's resources into planned load balancers. Each API that makes load balancers brings one.</summary>
public interface IPlanSource
{
    /// <summary>
    /// What must flow now, in the order of ids. An unchanged load balancer should be the same object as in the answer before.
    /// </summary>
    IReadOnlyList<PlannedLoadBalancer> Plan();
}
