using CloudLb.HAProxy.Commands;
using CloudLb.HAProxy.Metrics;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Counters;

/// <summary>
/// Reads what the processes of a cell have counted: in the health poll's turn, and once more before what they know is gone. Used under the
/// gate, but for the totals.
/// </summary>
internal sealed class TrafficReader(CellContext context)
{
    // Of a process that nobody has connected to only failed checks can be new.
    private static readonly TimeSpan QuietInterval = TimeSpan.FromMinutes(1);

    private bool _isUnwritable;

    /// <summary>What the cell's load balancers have carried. Safe to use from any thread.</summary>
    public CellTraffic Totals { get; } = new(
        context.Directory.Traffic,
        key => context.State.Now.Find(key) is not null,
        (key, server) => context.State.Now.Find(key) is { } entry ? ZoneOf(entry, server) : null);

    /// <summary>Rows of listeners and servers, and of pools where they can have a queue.</summary>
    private string Ask => $"show stat -1 {(HasQueues ? 7 : 5)} -1";

    private bool HasQueues => context.Options.MaxConnectionsPerInstance > 0;

    /// <summary>Reads all processes.</summary>
    /// <param name="process">The one that serves, which has been asked already.</param>
    /// <param name="info">What it has said of itself.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What the one that serves has said; null where it was not asked, as there is nothing new.</returns>
    public async Task<string?> ReadAllAsync(CellProcess process, string info, CancellationToken cancellationToken)
    {
        // First the one that has answered what the others have passed on, so that no answer is taken for theirs alone.
        var said = await ReadAsync(process, info, isLast: false, cancellationToken);
        foreach (var old in context.State.Now.Old.Reverse().Where(old => old.IsAlive))
        {
            await context.TryAsync(() => ReadAsync(old, cancellationToken));
        }

        Save();
        return said;
    }

    public Task ReadAsync(CellProcess process, CancellationToken cancellationToken) => ReadAsync(process, isLast: false, cancellationToken);

    /// <summary>Reads a process that has finished; what it has passed on was answered by the one that serves.</summary>
    public async Task ReadLastAsync(CellProcess old, CancellationToken cancellationToken)
    {
        if (context.State.Now.Running is { } process)
        {
            await context.TryAsync(() => ReadAsync(process, cancellationToken));
        }

        await ReadAsync(old, isLast: true, cancellationToken);
    }

    /// <summary>Deletes a server, unless the process refuses; what it has counted is read right before.</summary>
    /// <returns>What the process has answered.</returns>
    public async Task<string> DeleteAsync(CellProcess process, MemberName name, CancellationToken cancellationToken)
    {
        var answers = await process.Session.SendAsync([$"show stat {name.Pool} 4 -1", MemberCommands.Delete(name)], cancellationToken);
        Totals.Add(process.ProcessId, process.Generation, answers[0], isWhole: false, context.Now);
        if (answers[1] == MemberCommands.Deleted)
        {
            Totals.Forget(process.ProcessId, name.Pool, name.Instance);
        }

        return answers[1];
    }

    /// <summary>
    /// Writes down what was read. A disk that is full must not stop the health from being read: the totals stay in memory, and what is
    /// shown stays as it was.
    /// </summary>
    public void Save()
    {
        try
        {
            var running = context.State.Now.Processes.Select(process => process.ProcessId).ToHashSet();
            Totals.Save(running.Contains, context.Now);
            _isUnwritable = false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (!_isUnwritable)
            {
                CellLog.TrafficNotWritten(context.Logger, context.Number, exception.Message);
            }

            _isUnwritable = true;
        }
    }

    /// <summary>The zone of a server, wherever a pool of the load balancer has it; null when none is known.</summary>
    private static string? ZoneOf(CellEntry entry, string server) => (entry.Planned ?? entry.Served)?.Pools
        .SelectMany(pool => pool.Members.Where(member => MemberName.OfServer(pool, member) == server))
        .FirstOrDefault()?.Zone;

    private async Task<string?> ReadAsync(CellProcess process, bool isLast, CancellationToken cancellationToken) =>
        await ReadAsync(process, await process.Session.SendAsync(ProcessInfo.Ask, cancellationToken), isLast, cancellationToken);

    private async Task<string?> ReadAsync(CellProcess process, string info, bool isLast, CancellationToken cancellationToken)
    {
        var now = context.Now;
        var (current, total) = ProcessInfo.ConnectionsIn(info);
        var isQuiet = current == 0 && process.Activity is { } before && before.Current == current && before.Total == total
            && now - before.At < QuietInterval;
        if (isQuiet && !isLast)
        {
            return null;
        }

        // The maxima begin anew, so that the next reading has that of the time between; no other counter does.
        var answers = await process.Session.SendAsync(HasQueues && !isLast ? [Ask, "clear counters"] : [Ask], cancellationToken);
        Totals.Add(process.ProcessId, process.Generation, answers[0], isWhole: true, now);
        process.Activity = new(current, total, now);
        return answers[0];
    }
}
