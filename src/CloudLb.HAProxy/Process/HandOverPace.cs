using CloudLb.Core;

namespace CloudLb.HAProxy.Process;

/// <summary>
/// Spaces hand-overs under constant change: each owes a pause half as long as it took, so that two thirds of a processor go into them, and longer the
/// more old processes still finish connections, as each takes memory until it has. After a quiet time the first pauses, together as long as the allowance,
/// are not waited for: they would keep waiting who makes one load balancer after the other and looks at each.
/// </summary>
internal sealed class HandOverPace(TimeProvider clock)
{
    private const int OldProcessesPerDoubling = 4;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Allowance = TimeSpan.FromSeconds(0.5);

    private TimeSpan _next = TimeSpan.Zero;

    public TimeSpan Remaining => _next - clock.GetSteadyTime() is { Ticks: > 0 } remaining ? remaining : TimeSpan.Zero;

    /// <param name="duration">How long the hand-overs of one pass took together.</param>
    /// <param name="oldProcesses">The most that any one cell has.</param>
    public void Took(TimeSpan duration, int oldProcesses)
    {
        var pause = duration / 2 * Math.Pow(2, Math.Min(oldProcesses / OldProcessesPerDoubling, 10));
        var now = clock.GetSteadyTime();
        var owed = _next - now > -Allowance ? _next - now : -Allowance;
        _next = now + (owed + pause < Longest ? owed + pause : Longest);
    }
}
