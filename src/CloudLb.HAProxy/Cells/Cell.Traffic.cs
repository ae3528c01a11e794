using System.Globalization;
using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Commands;
using CloudLb.HAProxy.Metrics;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Cells;

/// <summary>What the processes have counted. They are asked in the health poll's turn, and once more before what they know is gone.</summary>
internal sealed partial class Cell
{
    // Of a process that nobody has connected to only failed checks can be new.
    private static readonly TimeSpan QuietInterval = TimeSpan.FromMinutes(1);

    private CellTraffic? _traffic;
    private bool _isTrafficUnwritable;

    /// <summary>What the cell's load balancers have carried. Safe to use from any thread.</summary>
    public CellTraffic Traffic => LazyInitializer.EnsureInitialized(
        ref _traffic, () => new(directory.Traffic, _entries.ContainsKey, ZoneOf));

    /// <summary>The zone of a server, wherever a pool of the load balancer has it; null when none is known.</summary>
    private string? ZoneOf(LoadBalancerId loadBalancer, string server) => Entry(loadBalancer) is { } entry
        ? (entry.Planned ?? entry.Served)?.Pools
            .SelectMany(pool => pool.Members.Where(member => MemberName.OfServer(pool, member) == server)).FirstOrDefault()?.Zone
        : null;

    /// <summary>Whether there is anything that a process should serve. Safe to read from any thread.</summary>
    public bool IsNeeded => _entries.Values.Any(entry => entry.Target is not null || entry.Served is not null);

    /// <summary>Whether the process answers in this time. One that does not is left as it is.</summary>
    public async Task<bool> AnswersAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        if (_process is not { IsAlive: true } process)
        {
            return false;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            await process.Session.SendAsync("show version", limit.Token);
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && exception is RuntimeException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Rows of listeners and servers, and of pools where they can have a queue.</summary>
    private string AskForTraffic => $"show stat -1 {(HasQueues ? 7 : 5)} -1";

    private bool HasQueues => context.Options.Value.MaxConnectionsPerInstance > 0;

    /// <param name="process">The one that serves, which has been asked already.</param>
    /// <param name="info">What it has said of itself.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private async Task ReadTrafficAsync(CellProcess process, string info, CancellationToken cancellationToken)
    {
        // First the one that has answered what the others have passed on, so that no answer is taken for theirs alone.
        await ReadTrafficAsync(process, info, isLast: false, cancellationToken);
        foreach (var old in _old.Reverse().Where(old => old.IsAlive))
        {
            await TryAsync(() => ReadTrafficAsync(old, isLast: false, cancellationToken));
        }

        SaveTraffic();
    }

    /// <summary>Of one that has finished; what it has passed on was answered by the one that serves.</summary>
    private async Task ReadLastTrafficAsync(CellProcess old, CancellationToken cancellationToken)
    {
        if (_process is { IsAlive: true } process)
        {
            await TryAsync(() => ReadTrafficAsync(process, isLast: false, cancellationToken));
        }

        await ReadTrafficAsync(old, isLast: true, cancellationToken);
    }

    private async Task ReadTrafficAsync(CellProcess process, bool isLast, CancellationToken cancellationToken) =>
        await ReadTrafficAsync(process, await process.Session.SendAsync(AskForActivity, cancellationToken), isLast, cancellationToken);

    private async Task ReadTrafficAsync(CellProcess process, string info, bool isLast, CancellationToken cancellationToken)
    {
        var now = context.Clock.GetSteadyTime();
        var activity = ActivityIn(info);
        var isQuiet = activity.Current == 0 && activity == process.Activity && now - process.TrafficRead < QuietInterval;
        if (isQuiet && !isLast)
        {
            return;
        }

        // The maxima begin anew, so that the next reading has that of the time between; no other counter does.
        var answers = await process.Session.SendAsync(HasQueues && !isLast ? [AskForTraffic, "clear counters"] : [AskForTraffic], cancellationToken);
        Traffic.Add(process.ProcessId, process.Generation, answers[0], isWhole: true, now);
        (process.Activity, process.TrafficRead) = (activity, now);
    }

    /// <summary>Deletes a server; what it has counted is read right before.</summary>
    private async Task<string> DeleteAsync(CellProcess process, MemberName name, string command, CancellationToken cancellationToken)
    {
        var answers = await process.Session.SendAsync([$"show stat {name.Pool} 4 -1", command], cancellationToken);
        Traffic.Add(process.ProcessId, process.Generation, answers[0], isWhole: false, context.Clock.GetSteadyTime());
        if (answers[1] == MemberCommands.Deleted)
        {
            Traffic.Forget(process.ProcessId, name.Pool, name.Instance);
        }

        return answers[1];
    }

    /// <summary>A disk that is full must not stop the health from being read: the totals stay in memory, and what is shown stays as it was.</summary>
    private void SaveTraffic()
    {
        try
        {
            var running = _old.Append(_process).OfType<CellProcess>().Select(process => process.ProcessId).ToHashSet();
            Traffic.Save(running.Contains, context.Clock.GetSteadyTime());
            _isTrafficUnwritable = false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (!_isTrafficUnwritable)
            {
                Log.TrafficNotWritten(context.Logger, Number, exception.Message);
            }

            _isTrafficUnwritable = true;
        }
    }

    /// <summary>Whether anybody is connected, and how many have been: the sessions that commands are sent over do not count.</summary>
    private static (long Current, long Total) ActivityIn(string info)
    {
        const string Current = "CurrConns: ", Total = "CumConns: ";
        var (current, total) = (0L, 0L);
        foreach (var line in info.AsSpan().EnumerateLines())
        {
            if (line.StartsWith(Current))
            {
                current = long.Parse(line[Current.Length..], CultureInfo.InvariantCulture);
            }
            else if (line.StartsWith(Total))
            {
                total = long.Parse(line[Total.Length..], CultureInfo.InvariantCulture);
            }
        }

        return (current, total);
    }
}
