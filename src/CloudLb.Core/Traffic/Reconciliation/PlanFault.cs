using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Core.Traffic.Reconciliation;

/// <summary>A part of the plan that is not served.</summary>
/// <param name="LoadBalancer">Whose part it is.</param>
/// <param name="Port">The listener that is not served; absent when none of the load balancer's is.</param>
/// <param name="Reason">One sentence for the operator: what is wrong and what to do.</param>
public sealed record PlanFault(LoadBalancerId LoadBalancer, int? Port, string Reason);
