namespace CloudLb.HAProxy;

/// <summary>One HAProxy process, as an operator sees it.</summary>
/// <param name="Number">The cell's number, from 1; it names the directory below <c>haproxy/cells</c>.</param>
/// <param name="ProcessId">Absent while no process runs.</param>
/// <param name="Generation">Counts the processes that this cell has had.</param>
/// <param name="LoadBalancers">How many load balancers it serves.</param>
/// <param name="OldProcesses">Processes before it that still finish connections.</param>
public sealed record CellStatus(int Number, int? ProcessId, long Generation, int LoadBalancers, int OldProcesses);
