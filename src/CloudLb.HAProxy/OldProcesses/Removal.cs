using CloudLb.HAProxy.Commands;
using CloudLb.HAProxy.Counters;
using CloudLb.HAProxy.Members;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.OldProcesses;

/// <summary>
/// How members leave: they take nothing new at once, and what they still have ends at its limit, in the process that serves and in those
/// before it. Where there is nothing, they are gone at once.
/// </summary>
internal sealed class Removal(CellContext context, DrainLimits limits, HealthTable health, TrafficReader traffic)
{
    private const int DeleteAttempts = 50;
    private static readonly TimeSpan DeletePause = TimeSpan.FromMilliseconds(2);

    public async Task RemoveAsync(
        CellProcess process, IReadOnlyList<(MemberName Name, DateTimeOffset? Until)> removed, CancellationToken cancellationToken)
    {
        // First of all: the time of day may jump while the process is told.
        var leaving = removed.Select(each => (each.Name, Limit: limits.LimitOf(each.Name, each.Until))).ToList();
        var here = removed.Where(each => process.Servers.Contains(each.Name)).ToList();
        var serving = here.Select(each => each.Name).Where(name => !process.Draining.ContainsKey(name));
        await MemberCommands.SendAsync(process.Session, [.. serving.Select(MemberCommands.Remove)], cancellationToken);
        foreach (var (name, limit) in leaving)
        {
            limits.Set(name, limit);
            if (process.Servers.Contains(name))
            {
                process.Draining[name] = limit;
            }

            health.Remove(name);
        }

        var busy = await process.BusyAsync([.. here.Where(each => each.Until is not null).Select(each => each.Name)], cancellationToken);
        foreach (var each in here.Where(each => !busy.Contains(each.Name)))
        {
            for (var attempt = 0; process.Draining.ContainsKey(each.Name) && attempt < DeleteAttempts; attempt++)
            {
                if (attempt > 0)
                {
                    await Task.Delay(DeletePause, context.Clock, cancellationToken);
                }

                await TryDeleteAsync(process, each.Name, isCut: each.Until is null, cancellationToken);
            }
        }
    }

    /// <summary>Deletes a member that drains from the process that serves, if it has nothing any more.</summary>
    /// <param name="process">The process.</param>
    /// <param name="name">The member.</param>
    /// <param name="isCut">Whether what it has is cut first.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task TryDeleteAsync(CellProcess process, MemberName name, bool isCut, CancellationToken cancellationToken)
    {
        if (isCut)
        {
            await process.Session.SendAsync(MemberCommands.Cut(name), cancellationToken);
        }

        var answer = await traffic.DeleteAsync(process, name, cancellationToken);
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
}
