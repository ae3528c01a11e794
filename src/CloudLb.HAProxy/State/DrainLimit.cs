namespace CloudLb.HAProxy.State;

/// <summary>Until when a member that takes nothing new may finish what it has.</summary>
/// <param name="At">By the steady time: what is left then is cut.</param>
/// <param name="WasInService">Whether it took traffic until then. One that did not has nothing to finish that anybody is told of.</param>
internal readonly record struct DrainLimit(TimeSpan At, bool WasInService);
