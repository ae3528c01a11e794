namespace CloudLb.Core.Traffic.Status;

/// <summary>One process of a data plane and those that it followed, as an operator sees it.</summary>
/// <param name="Number">From 1, and the same for all processes that follow one another.</param>
/// <param name="ProcessId">Absent while no process runs.</param>
/// <param name="Generation">Counts the processes that have followed one another.</param>
/// <param name="LoadBalancers">How many load balancers it serves.</param>
/// <param name="OldProcesses">Processes before it that still finish connections.</param>
public sealed record EngineProcess(int Number, int? ProcessId, long Generation, int LoadBalancers, int OldProcesses);
