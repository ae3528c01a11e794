namespace CloudLb.HAProxy.Updating;

/// <summary>What it takes to get from one plan of a load balancer to another, dearest last.</summary>
internal enum UpdateKind
{
    Nothing,

    /// <summary>
    /// Commands to the running process: members, their weights, those of pools, certificates of listeners, and what only goes away.
    /// </summary>
    Commands,

    /// <summary>A hand-over to a new process.</summary>
    HandOver,
}
