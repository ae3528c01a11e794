using CloudLb.Core;
using CloudLb.HAProxy.Configuration;

namespace CloudLb.HAProxy.NextProcess;

/// <summary>
/// Sees to it that all members of a cell are checked as often as they should be, also where each process is followed by the next before it
/// has checked its last server: a process begins with the first ones anew.
/// </summary>
internal sealed class CheckRounds(TimeProvider clock)
{
    private TimeSpan? _completed;
    private TimeSpan _started;
    private TimeSpan _spread;

    /// <summary>A process is about to start.</summary>
    /// <param name="usual">In how long it makes its first checks when nothing is urgent.</param>
    /// <param name="interval">How often the member that is checked most often is.</param>
    /// <returns>In how long it should make them.</returns>
    public TimeSpan Begin(TimeSpan usual, TimeSpan interval)
    {
        var now = clock.GetSteadyTime();
        if (_completed is null || now - _started >= _spread)
        {
            _completed = now;
        }

        (_started, _spread) = (now, now - _completed < interval ? usual : CheckSpread.Quick(usual));
        return _spread;
    }
}
