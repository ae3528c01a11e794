namespace CloudLb.Core.Traffic.Status;

/// <summary>What the processes say of one load balancer at one moment.</summary>
/// <param name="Process">Where it is.</param>
/// <param name="Silence">Why the process could not be asked; null when it has answered.</param>
/// <param name="Instances">Those that a process has.</param>
public sealed record ServedLoadBalancer(EngineProcess Process, string? Silence, IReadOnlyList<ServedInstance> Instances);
