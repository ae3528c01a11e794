using CloudLb.Core;

namespace CloudLb.HAProxy.Cells;

/// <summary>
/// Spaces hand-overs under constant change: one during which something was changed again owes a pause as long as it took, or half a second
/// if that is less, so that calls have the processor and the next hand-over serves more of them; one during which nothing was, as when
/// somebody makes one load balancer after the other and looks at each, owes half of what it took, of which half a second is not waited for
/// after a quiet time. The pause is longer the more old processes still finish connections, as each takes memory until it has.
/// </summary>
internal sealed class HandOverPace(TimeProvider clock)
{
    private const double PauseWhenChanging = 1, PauseElse = 0.5;
    private const int OldProcessesPerDoubling = 4;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWhenChanging = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Allowance = TimeSpan.FromSeconds(0.5);

    private TimeSpan _next = TimeSpan.Zero;

    public TimeSpan Remaining => _next - clock.GetSteadyTime() is { Ticks: > 0 } remaining ? remaining : TimeSpan.Zero;

    /// <param name="duration">How long the hand-overs of one pass took together.</param>
    /// <param name="oldProcesses">The most that any one cell has.</param>
    /// <param name="isChanging">Whether something was changed meanwhile.</param>
    public void Took(TimeSpan duration, int oldProcesses, bool isChanging)
    {
        var share = duration * PauseElse;
        var alone = isChanging ? Max(share, Min(duration * PauseWhenChanging, LongestWhenChanging)) : share;
        var pause = alone * Math.Pow(2, Math.Min(oldProcesses / OldProcessesPerDoubling, 10));
        var now = clock.GetSteadyTime();
        var allowance = isChanging ? TimeSpan.Zero : Allowance;
        var owed = Max(_next - now, -allowance);
        _next = now + Min(owed + pause, Longest);
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
