using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Members;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.OldProcesses;

/// <summary>
/// Members that have just failed. With connection draining off their connections are closed: HAProxy does so in the process that serves,
/// whoever finds the failure, and here the processes that finish are told, which check nobody any more; and the one that serves is, where a
/// pool drains members that are removed, as HAProxy closes the connections of those too (2.6.12).
/// </summary>
internal sealed class FailedMembers(CellContext context, MemberChecks checks)
{
    /// <summary>The processes are spoken to outside the gate, so that one that hangs keeps nobody waiting.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        var names = checks.TakeFailed();
        names.RemoveWhere(name => checks.Health.Find(name) is not { IsUp: false } || !IsClosedOnFailure(name));
        foreach (var old in names.Count > 0 ? context.State.Now.Old.Where(old => old.IsAlive) : [])
        {
            await context.TryAsync(() => old.CutSessionsAsync(names, cancellationToken));
        }

        names.RemoveWhere(name => PoolOf(name) is not { DrainsWhenRemoved: true });
        if (names.Count > 0 && context.State.Now.Running is { } process)
        {
            await context.TryAsync(() => process.CutSessionsAsync(names, cancellationToken));
        }
    }

    private bool IsClosedOnFailure(MemberName name) => PoolOf(name) is { IsClosedOnFailure: true };

    private PlannedPool? PoolOf(MemberName name) => ProxyName.TryParse(name.Pool, out var key, out var pool)
        ? context.State.Now.Find(key)?.Served?.Pools.FirstOrDefault(served => served.Name == pool)
        : null;
}
