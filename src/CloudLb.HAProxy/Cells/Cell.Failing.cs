using System.Collections.Concurrent;
using CloudLb.HAProxy.Members;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Cells;

/// <summary>
/// Members that have just failed. With connection draining off their connections are closed: HAProxy does so in the process that serves, whoever finds the
/// failure, and here the processes that finish are told, which check nobody any more.
/// </summary>
internal sealed partial class Cell
{
    private readonly ConcurrentQueue<MemberName> _failed = new();

    /// <summary>Changes what is known of a member, and notes when it goes out of service by that. Never waits.</summary>
    private MemberHealth? Change(MemberName name, Func<MemberHealth, MemberHealth> change)
    {
        var wasUp = _health.Find(name) is { IsUp: true };
        var health = _health.Change(name, change);
        if (wasUp && health is { IsUp: false })
        {
            _failed.Enqueue(name);
            context.Probes.Tell(this);
        }

        return health;
    }

    /// <summary>
    /// The processes are spoken to outside the gate, so that one that hangs keeps nobody waiting; one that a hand-over is about to leave behind is waited for.
    /// </summary>
    private async Task CloseFailedAsync(CancellationToken cancellationToken)
    {
        if (_failed.IsEmpty)
        {
            return;
        }

        using (await TurnAsync(cancellationToken))
        {
            // A hand-over that was under way is done.
        }

        var names = new HashSet<MemberName>();
        while (_failed.TryDequeue(out var name))
        {
            names.Add(name);
        }

        names.RemoveWhere(name => _health.Find(name) is not { IsUp: false } || !IsClosedOnFailure(name));
        foreach (var old in names.Count > 0 ? _old.Where(old => old.IsAlive) : [])
        {
            await TryAsync(() => old.CutSessionsAsync(names, cancellationToken));
        }
    }

    private bool IsClosedOnFailure(MemberName name) =>
        ProxyName.TryParse(name.Pool, out var key, out var pool)
        && _entries.GetValueOrDefault(key)?.Served?.Pools.Any(served => served.Name == pool && served.IsClosedOnFailure) == true;
}
