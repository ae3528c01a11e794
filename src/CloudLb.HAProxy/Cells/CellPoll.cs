using CloudLb.HAProxy.Counters;
using CloudLb.HAProxy.Drift;
using CloudLb.HAProxy.Members;
using CloudLb.HAProxy.NextProcess;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Cells;

/// <summary>
/// The look at everything that a process has, every few seconds: finds events that were lost, members that were changed by hand, and a
/// process that hangs. It costs little while there is nothing new. Used under the gate.
/// </summary>
internal sealed class CellPoll(CellContext context, MemberChecks checks, StateFile stateFile, ThoroughLook look, TrafficReader traffic)
{
    private Seen? _seen;

    /// <summary>Something else than a poll was done: the next one compares everything.</summary>
    public void Forget() => _seen = null;

    public async Task PollAsync(CancellationToken cancellationToken)
    {
        if (context.State.Now.Running is not { } process)
        {
            return;
        }

        try
        {
            var answers = await process.Session.SendAsync([ServerStateText.Ask, ProcessInfo.Ask], cancellationToken);
            var seen = new Seen(process, ServerStateText.Fingerprint(answers[0]), checks.Health.Version);
            if (seen != _seen || context.State.Now.Drift is not null)
            {
                var servers = ServerStateText.Read(answers[0]).ToList();
                checks.Observe(process, servers);
                FoundDrift.AskForHandOver(context, ServerDrift.Find(context.State.Now, process, servers));
                stateFile.Write();
                _seen = seen with { Health = checks.Health.Version };
            }

            var statistics = await traffic.ReadAllAsync(process, answers[1], cancellationToken);
            await look.LookAsync(process, answers[1], statistics, cancellationToken);
            AbsentAddresses.Look(context, process);
            TicketKeys.Renew(context, process);
            await AgedConnections.EndAsync(context, process, cancellationToken);
            stateFile.Touch();
        }
        catch (RuntimeException exception)
        {
            CellLog.CommandFailed(context.Logger, context.Number, exception.Message);
        }
    }

    /// <summary>What a poll has found, and of what; where all of it is the same once more there is nothing to do.</summary>
    private readonly record struct Seen(CellProcess Process, UInt128 States, long Health);
}
