using CloudLb.HAProxy.Members;
using CloudLb.HAProxy.OldProcesses;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.NextProcess;

/// <summary>
/// Starts a new process with the sockets of the one before and lets that finish what it has. The old one has not noticed anything while the
/// new one has not said that it accepts. Used under the gate.
/// </summary>
internal sealed class HandOver(
    CellContext context, MemberChecks checks, Examination examination, ProcessStart start, Switch next, Ending ending)
{
    /// <returns>Whether something was changed before the next process accepted. Who looks for that changes something next.</returns>
    public async Task<bool> HandOverAsync(string reason, CancellationToken cancellationToken)
    {
        var started = context.Clock.GetTimestamp();
        try
        {
            var (process, isChanging) = await ReplaceAsync(cancellationToken);
            context.State.Change(state => state with { Drift = null });
            var duration = context.Clock.GetElapsedTime(started);
            context.Common.Metrics.HandedOver(reason, succeeded: true, duration);
            var served = context.State.Now.Served.Count();
            CellLog.HandedOver(
                context.Logger, context.Number, reason, process.ProcessId, process.Generation, served, duration.TotalMilliseconds);
            return isChanging;
        }
        catch (Exception exception) when (exception is HAProxyException or RuntimeException or IOException)
        {
            context.Common.Metrics.HandedOver(reason, succeeded: false, context.Clock.GetElapsedTime(started));
            examination.Fail(exception.Message);
            throw;
        }
    }

    private async Task<(CellProcess Process, bool IsChanging)> ReplaceAsync(CancellationToken cancellationToken)
    {
        var before = await ReachableAsync(cancellationToken);
        SharedHealth.Share(context.State.Now, checks.Health);
        await context.Binary.ProbeAsync(cancellationToken);

        // What has been started must be known, or it stays behind: a stop waits for it, as it waits for nothing longer than the timeouts in
        // it.
        var process = await start.StartAsync(before, CancellationToken.None);
        if (process is null)
        {
            // It died after it last answered: there is nothing to take over, and nothing to wait for.
            await GiveUpAsync(before!, CancellationToken.None);
            before = null;
            process = await start.StartAsync(before, CancellationToken.None)
                ?? throw new HAProxyException("HAProxy asks for the sockets of a process although it was given none.");
        }

        var isChanging = context.Changes.IsRaised;
        await next.SwitchAsync(before, process, CancellationToken.None);
        return (process, isChanging);
    }

    /// <summary>
    /// The running process with its members' states read; null when there is none, or none that answers, which is ended for good.
    /// </summary>
    private async Task<CellProcess?> ReachableAsync(CancellationToken cancellationToken)
    {
        if (context.State.Now.Process is not { } process)
        {
            return null;
        }

        try
        {
            if (process.IsAlive)
            {
                checks.Observe(process, ServerStateText.Read(await process.Session.SendAsync(ServerStateText.Ask, cancellationToken)));
                return process;
            }
        }
        catch (RuntimeException)
        {
            // It hangs: what follows is the same as for one whose session has ended.
        }

        await GiveUpAsync(process, cancellationToken);
        return null;
    }

    /// <summary>Ends a process for good that is dead or as good as that.</summary>
    private async Task GiveUpAsync(CellProcess process, CancellationToken cancellationToken)
    {
        context.State.Change(state => state with { Process = null });
        await ending.EndSilentAsync(process, cancellationToken);

        // Its sockets are gone with it, so every bind is a new one.
        examination.ExamineAll();
    }
}
