using System.Net;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Core.Traffic.Reconciliation;

/// <summary>A part of the plan that is not served.</summary>
/// <param name="LoadBalancer">Whose part it is.</param>
/// <param name="Port">The listener that is not served; absent when none of the load balancer's is.</param>
/// <param name="Reason">One sentence for the operator: what is wrong and what to do.</param>
/// <param name="Address">Where alone the listener is not served, as it is at others; absent when it is served nowhere.</param>
public sealed record PlanFault(LoadBalancerId LoadBalancer, int? Port, string Reason, IPAddress? Address = null)
{
    /// <summary>Whether a listener is served nowhere because of it.</summary>
    public bool IsOf(int port) => Port == port && Address is null;
}
