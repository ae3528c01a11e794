using CloudLb.Core.Traffic.Status;

namespace CloudLb.ElbV2.Health;

/// <summary>A target's state in AWS's words. Triples of state, reason and description: service model and user guides.</summary>
/// <param name="State">As on the wire.</param>
/// <param name="Reason">Null of a healthy one.</param>
/// <param name="Description">AWS's sentence; null of a healthy one.</param>
public sealed record TargetState(string State, string? Reason = null, string? Description = null)
{
    public static readonly TargetState Healthy = new("healthy");

    public static readonly TargetState Registering = new(
        "initial", "Elb.RegistrationInProgress", "Target registration is in progress");

    public static readonly TargetState Checking = new("initial", "Elb.InitialHealthChecking", "Initial health checks in progress");

    public static readonly TargetState Failed = new("unhealthy", "Target.FailedHealthChecks", "Health checks failed");

    public static readonly TargetState TimedOut = new("unhealthy", "Target.Timeout", "Request timed out");

    public static readonly TargetState NotRegistered = new(
        "unused", "Target.NotRegistered", "Target is not registered to the target group");

    public static readonly TargetState NotInUse = new(
        "unused", "Target.NotInUse", "Target group is not configured to receive traffic from the load balancer");

    public static readonly TargetState ZoneNotEnabled = new(
        "unused", "Target.NotInUse", "Target is in an Availability Zone that is not enabled for the load balancer");

    public static readonly TargetState Stopped = new("unused", "Target.InvalidState", "Target is in the stopped state");

    public static readonly TargetState Terminated = new("unused", "Target.InvalidState", "Target is in the terminated state");

    /// <summary>It may not be a target any more, which AWS's own machines always may.</summary>
    public static readonly TargetState Invalid = new("unused", "Target.InvalidState", "Target is in an invalid state");

    public static readonly TargetState Draining = new(
        "draining", "Target.DeregistrationInProgress", "Target deregistration is in progress");

    /// <summary>No listener of its load balancer is served, so that nothing checks it.</summary>
    public static readonly TargetState Unserved = new(
        "unavailable", "Elb.InternalError", "Health checks failed due to an internal error");

    /// <summary>A failed target, by what its last check came to.</summary>
    public static TargetState Of(CheckAnswer? last) => last switch
    {
        { Outcome: CheckOutcome.WrongStatus, Code: { } code } => new(
            "unhealthy", "Target.ResponseCodeMismatch", $"Health checks failed with these codes: [{code}]"),
        { Outcome: CheckOutcome.ConnectTimeout or CheckOutcome.HandshakeTimeout or CheckOutcome.AnswerTimeout } => TimedOut,
        _ => Failed,
    };
}
