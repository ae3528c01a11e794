namespace CloudLb.HAProxy.State;

/// <summary>How busy a process was when its counters were last read.</summary>
/// <param name="Current">Clients that were connected.</param>
/// <param name="Total">Clients that had been.</param>
/// <param name="At">When, by the steady time.</param>
internal sealed record ProcessActivity(long Current, long Total, TimeSpan At);
