using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Reconciliation;

namespace CloudLb.HAProxy.State;

/// <summary>What HAProxy has refused of a load balancer.</summary>
/// <param name="Of">The plan that was refused.</param>
/// <param name="Faults">What it has named.</param>
/// <param name="At">When, by the steady time.</param>
/// <param name="Template">The templates that it was refused with, where those are at fault and not the plan.</param>
internal sealed record Refusal(PlannedLoadBalancer Of, IReadOnlyList<PlanFault> Faults, TimeSpan At, string? Template = null);
