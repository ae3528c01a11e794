using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Updating;

/// <summary>A server that joins a running process.</summary>
/// <param name="Name">The server's.</param>
/// <param name="Member">What it stands for.</param>
/// <param name="Pool">The pool as it is next.</param>
/// <param name="Of">The load balancer as it is next.</param>
internal readonly record struct JoiningMember(MemberName Name, PlannedMember Member, PlannedPool Pool, PlannedLoadBalancer Of);
