using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Commands;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Members;
using CloudLb.HAProxy.OldProcesses;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Updating;

/// <summary>Changes the running process by commands, without a hand-over. Used under the gate.</summary>
internal sealed class RuntimeUpdate(
    CellContext context, MemberChecks checks, DrainLimits limits, Removal removal, ListenerCertificates certificates,
    RuleMapUpdate maps, Pins pins)
{
    /// <returns>Why a hand-over is needed after all; null when all is done, and the load balancers are served as they are to be.</returns>
    public async Task<string?> TryAsync(
        CellProcess process, RuntimeChanges changes, IReadOnlyList<LoadBalancerId> changed, CancellationToken cancellationToken)
    {
        try
        {
            await ChangeAsync(process, changes, cancellationToken);
            context.State.Change(state => changed.Aggregate(state, (next, key) => next.Settle(key)));
            context.Common.Metrics.ChangedMembers(changes.Count);
            return null;
        }
        catch (RuntimeException exception)
        {
            CellLog.CommandFailed(context.Logger, context.Number, exception.Message);
            return process.IsAlive ? "unexpected answer" : "process died";
        }
    }

    private async Task ChangeAsync(CellProcess process, RuntimeChanges changes, CancellationToken cancellationToken)
    {
        await SendAsync(process, changes.ClosedListeners.SelectMany(MemberCommands.CloseListener), cancellationToken);
        foreach (var (listener, certificateId) in changes.Certificates)
        {
            await certificates.ReplaceAsync(process, listener, certificateId, cancellationToken);
        }

        // Added before others go, so that no name is without one of the two.
        foreach (var (listener, certificateId) in changes.NamedCertificates)
        {
            await certificates.AddAsync(process, listener, certificateId, cancellationToken);
        }

        foreach (var (listener, certificateId) in changes.UnnamedCertificates)
        {
            await certificates.RemoveAsync(process, listener, certificateId, cancellationToken);
        }

        await SendAsync(process, WeightCommands.Change(changes.Weights), cancellationToken);
        foreach (var map in changes.Maps)
        {
            await maps.ReplaceAsync(process, map, cancellationToken);
        }

        await ChangeAsync(process, changes.Members, cancellationToken);
    }

    private async Task ChangeAsync(CellProcess process, MemberChanges members, CancellationToken cancellationToken)
    {
        await removal.RemoveAsync(process, members.Removed, cancellationToken);
        members.Revived.ForEach(limits.Spare);
        await pins.AcceptAsync(process, members.Pinned, cancellationToken);
        foreach (var (name, member, pool, _) in members.Added.Where(added => added.Pool.IsChecked))
        {
            checks.Health.Set(name, MemberHealth.New(member, pool.Probe));
        }

        await SendAsync(process, members.Added.SelectMany(added => Join(process, added)), cancellationToken);
        await Pins.WithdrawAsync(process, members.Unpinned, cancellationToken);
        await SendAsync(
            process, members.Reweighted.Select(change => MemberCommands.Reweight(change.Name, change.Weight)), cancellationToken);
        foreach (var (name, _) in members.Reweighted)
        {
            process.Weights.Remove(name);
        }

        foreach (var (name, member, pool, _) in members.Added)
        {
            process.Servers.Add(name);
            process.Weights.Remove(name);
            if (pool.IsChecked)
            {
                checks.Probe(name, member, pool.Probe);
            }
        }

        foreach (var old in members.Removed.Count > 0 ? context.State.Now.Old.Where(old => old.IsAlive) : [])
        {
            await context.TryAsync(() => old.CutDueAsync(context.Now, cancellationToken));
        }
    }

    private IEnumerable<string> Join(CellProcess process, JoiningMember joining)
    {
        var (name, member, pool, of) = joining;
        return process.Draining.TryRemove(name, out _)
            ? MemberCommands.Return(name, member, pool, context.Capabilities)
            : MemberCommands.Add(name, member, pool, context.Capabilities, WordsOf(of, pool, member));
    }

    /// <summary>What an operator's template says of the member, as it would in the file.</summary>
    private string WordsOf(PlannedLoadBalancer of, PlannedPool pool, PlannedMember member) =>
        context.Common.Templates.Find(of.Template) is { } templates ? new TemplatedSections(templates, of).WordsOf(pool, member) : "";

    private static Task SendAsync(CellProcess process, IEnumerable<string> commands, CancellationToken cancellationToken) =>
        MemberCommands.SendAsync(process.Session, [.. commands], cancellationToken);
}
