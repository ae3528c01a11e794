using CloudLb.Core.Targets;

namespace CloudLb.Elb.Health;

/// <summary>
/// An instance's state in AWS's words. Pairs of state, reason and description: service model and user guide (troubleshooting).
/// </summary>
/// <param name="State">Whether it takes traffic.</param>
/// <param name="ReasonCode">
/// <c>ELB</c> when the cause is the load balancer's, <c>Instance</c> when it is the instance's, else <c>N/A</c>.
/// </param>
/// <param name="Description">AWS's sentence.</param>
public sealed record InstanceHealth(InstanceState State, string ReasonCode, string Description)
{
    public static readonly InstanceHealth InService = new(InstanceState.InService, "N/A", "N/A");

    public static readonly InstanceHealth Deregistering = new(
        InstanceState.InService, "N/A", "Instance deregistration currently in progress.");

    public static readonly InstanceHealth Registering = new(
        InstanceState.OutOfService, "ELB", "Instance registration is still in progress.");

    public static readonly InstanceHealth Failed = new(
        InstanceState.OutOfService, "Instance",
        "Instance has failed at least the UnhealthyThreshold number of health checks consecutively.");

    public static readonly InstanceHealth Recovering = new(
        InstanceState.OutOfService, "Instance",
        "Instance has not passed the configured HealthyThreshold number of health checks consecutively.");

    /// <remarks>AWS has no sentence of its own for this and tells of failed checks; ours says what to do about.</remarks>
    public static readonly InstanceHealth NotAuthentic = new(
        InstanceState.OutOfService, "Instance",
        "Instance has a certificate whose public key is none of those that the back-end server policies accept.");

    /// <summary>It may not be a target: nothing is sent to it, and nothing checks it.</summary>
    /// <param name="fault">Why.</param>
    /// <remarks>AWS, where only its own machines can be instances, has no sentence for this.</remarks>
    public static InstanceHealth NoTarget(TargetFault fault) =>
        new(InstanceState.OutOfService, "ELB", $"Instance cannot be given traffic: {fault.Reason}.");

    /// <summary>No listener of its load balancer is served, so that no request reaches it.</summary>
    /// <param name="reason">Why, in a sentence.</param>
    /// <remarks>AWS's load balancers have addresses and ports of their own, so that it has no sentence for this.</remarks>
    public static InstanceHealth NotServed(string reason) =>
        new(InstanceState.OutOfService, "ELB", $"The load balancer is not served: {reason}");

    public static readonly InstanceHealth ZoneNotEnabled = new(
        InstanceState.OutOfService, "ELB",
        "Instance is in the EC2 Availability Zone for which LoadBalancer is not configured to route traffic to.");

    public static readonly InstanceHealth Stopped = new(InstanceState.OutOfService, "Instance", "Instance is in stopped state.");

    public static readonly InstanceHealth Terminated = new(InstanceState.OutOfService, "Instance", "Instance is in terminated state.");

    public static readonly InstanceHealth NotRegistered = new(
        InstanceState.OutOfService, "Instance", "Instance is not currently registered with the LoadBalancer.");

    public static readonly InstanceHealth Unknown = new(
        InstanceState.Unknown, "ELB", "A transient error occurred. Please try again later.");
}
