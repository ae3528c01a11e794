using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Core.Traffic.Reconciliation;

/// <summary>Whatever moves the traffic.</summary>
public interface IDataPlane
{
    /// <summary>
    /// Makes the traffic flow as planned; returns when it does. What cannot be served is left out and told in <see cref="Faults"/>, and the
    /// rest is served. Throws when nothing could be applied; what was applied before stays in force. Called by one caller at a time.
    /// </summary>
    Task ApplyAsync(TrafficPlan plan, CancellationToken cancellationToken);

    /// <summary>
    /// Goes on serving what was served last, while nobody knows what should be: what has died is started again. False when nothing was
    /// served. Called by one caller at a time.
    /// </summary>
    Task<bool> KeepAsync(CancellationToken cancellationToken);

    /// <summary>What of the last plan is not served, and why. Safe to read at any time.</summary>
    IReadOnlyList<PlanFault> Faults { get; }

    /// <summary>Whether the last pass has put a part of the plan off; the change signal is raised when its time has come.</summary>
    bool IsBehind { get; }
}
