using CloudLb.Core.AccessLogs;

namespace CloudLb.AccessLogs.Spooling;

/// <summary>
/// Lines that nobody keeps but CloudLb itself until they are in the spool. Beyond a number, as while the disk is full, more are lost.
/// </summary>
internal sealed class WaitingLines
{
    private const int Most = 50_000;

    private readonly Lock _lock = new();
    private List<(LoggedLoadBalancer LoadBalancer, DateTimeOffset At, string Line)> _lines = [];

    public void Add(LoggedLoadBalancer loadBalancer, DateTimeOffset at, string line)
    {
        lock (_lock)
        {
            if (_lines.Count < Most)
            {
                _lines.Add((loadBalancer, at, line));
            }
        }
    }

    public IReadOnlyList<(LoggedLoadBalancer LoadBalancer, DateTimeOffset At, string Line)> Take()
    {
        lock (_lock)
        {
            var taken = _lines;
            _lines = [];
            return taken;
        }
    }
}
