using CloudLb.HAProxy.Commands;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Cells;

/// <summary>
/// How members leave: they take nothing new at once, and what they still have ends at its limit, in the process that serves and in those before it. Where there
/// is nothing, they are gone at once.
/// </summary>
internal sealed partial class Cell
{
    private const int DeleteAttempts = 50;
    private static readonly TimeSpan DeletePause = TimeSpan.FromMilliseconds(2);

    /// <summary>
    /// Whether a member that leaves may still have something to finish: it has not been told yet, or a process still has it. One that was out of service
    /// finishes what it can unseen.
    /// </summary>
    public bool IsDraining(CellEntry entry, MemberName name, string pool) =>
        (_health.Find(name) is { IsUp: true } && entry.Served?.Pools.FirstOrDefault(served => served.Name == pool) is { } served
            && served.Members.Any(member => MemberName.OfServer(served, member) == name.Instance && member.DrainingUntil is null))
        || (_process is { } process && IsStillAt(process, name))
        || _old.Any(old => IsStillAt(old, name));

    private static bool IsStillAt(CellProcess process, MemberName name) => process.Draining.TryGetValue(name, out var limit) && limit.WasInService;

    private DrainLimit LimitOf(MemberName name, DateTimeOffset? until) => new(DeadlineOf(until), _health.Find(name) is { IsUp: true });

    private async Task RemoveAsync(CellProcess process, List<(MemberName Name, DateTimeOffset? Until)> removed, CancellationToken cancellationToken)
    {
        // First of all: the time of day may jump while the process is told.
        var limits = removed.Select(each => (each.Name, Limit: LimitOf(each.Name, each.Until))).ToList();
        var here = removed.Where(each => process.Servers.Contains(each.Name)).ToList();
        var serving = here.Select(each => each.Name).Where(name => !process.Draining.ContainsKey(name));
        await SendAsync(process, [.. serving.Select(MemberCommands.Remove)], cancellationToken);
        foreach (var (name, limit) in limits)
        {
            foreach (var old in _old)
            {
                old.Draining[name] = limit;
            }

            if (process.Servers.Contains(name))
            {
                process.Draining[name] = limit;
            }

            _health.Remove(name);
        }

        var busy = await process.BusyAsync([.. here.Where(each => each.Until is not null).Select(each => each.Name)], cancellationToken);
        foreach (var (name, until) in here.Where(each => !busy.Contains(each.Name)))
        {
            for (var attempt = 0; process.Draining.ContainsKey(name) && attempt < DeleteAttempts; attempt++)
            {
                if (attempt > 0)
                {
                    await Task.Delay(DeletePause, context.Clock, cancellationToken);
                }

                await TryDeleteAsync(process, name, isCut: until is null, cancellationToken);
            }
        }
    }

    private async Task TryDeleteAsync(CellProcess process, MemberName name, bool isCut, CancellationToken cancellationToken)
    {
        if (isCut)
        {
            await process.Session.SendAsync(MemberCommands.Cut(name), cancellationToken);
        }

        var answer = await DeleteAsync(process, name, MemberCommands.Delete(name), cancellationToken);
        if (answer is MemberCommands.Deleted or MemberCommands.NoSuchServer)
        {
            process.Draining.TryRemove(name, out _);
            process.Servers.Remove(name);
        }
        else
        {
            var answered = await process.Session.SendAsync($"show servers conn {name.Pool}", cancellationToken);
            if (ServerConnections.Read(answered, name) is { Idle: > 0 } connections)
            {
                await process.Session.SendAsync(MemberCommands.CloseIdle(name, connections), cancellationToken);
            }
        }
    }

    /// <summary>
    /// Cuts what a process that finishes has of members whose limit has come. Where it has nothing of a member nobody waits for it: nothing begins there
    /// any more, as what comes is passed on.
    /// </summary>
    private static async Task CutDueAsync(CellProcess old, TimeSpan now, CancellationToken cancellationToken)
    {
        var due = old.Draining.Where(draining => now >= draining.Value.At).Select(draining => draining.Key).ToList();
        if (due.Count > 0)
        {
            await old.CutSessionsAsync(due, cancellationToken);
        }

        var names = old.Draining.Keys.ToList();
        var busy = await old.BusyAsync(names, cancellationToken);
        foreach (var name in names.Where(name => !busy.Contains(name)).Concat(due))
        {
            old.Draining.TryRemove(name, out _);
        }
    }
}
