using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Naming;

/// <summary>A member of a load balancer's pool, with the name by which HAProxy knows it.</summary>
internal readonly record struct NamedMember(LoadBalancerId LoadBalancer, MemberName Name, PlannedMember Member, PlannedPool Pool)
{
    public PlannedProbe Probe => Pool.Probe;
}
