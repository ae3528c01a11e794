using CloudLb.HAProxy.Counters;
using CloudLb.HAProxy.OldProcesses;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.NextProcess;

/// <summary>
/// How a pass over a cell ends: faults are told, load balancers that are gone are forgotten, and what is served is written down. Used under
/// the gate.
/// </summary>
internal sealed class PassEnd(CellContext context, CellFiles files, LoadBalancerTexts texts, TrafficReader traffic, Ending ending)
{
    /// <param name="reason">Why a hand-over is needed; null when it is not.</param>
    /// <param name="hasChanged">Whether the running process was changed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The reason, if something is left to serve.</returns>
    public async Task<string?> EndAsync(string? reason, bool hasChanged, CancellationToken cancellationToken)
    {
        context.State.Change(state => state.CollectFaults());
        ForgetGone();
        var state = context.State.Now;
        if (!state.Targets.Any())
        {
            // Nothing is left to serve; what could not be served stays in Faults.
            if (!state.Processes.IsEmpty)
            {
                await EndUnneededAsync(cancellationToken);
            }

            return null;
        }

        if (hasChanged)
        {
            context.State.Change(behind => behind with { IsUnwritten = true });
        }

        if (context.State.Now.IsUnwritten && reason is null)
        {
            files.WriteServed();
        }

        return reason;
    }

    private void ForgetGone()
    {
        var state = context.State.Now;
        foreach (var gone in state.Entries.Values.Where(entry => entry.Planned is null && (entry.Served is null || state.Running is null)))
        {
            context.State.Change(next => next.Without(gone.Id));
            traffic.Totals.Remove(gone.Id);
            texts.Forget(gone.Id);
        }
    }

    /// <summary>Ends all processes, as nothing is left to serve.</summary>
    private async Task EndUnneededAsync(CancellationToken cancellationToken)
    {
        await ending.EndAllAsync(TimeSpan.Zero, cancellationToken);
        context.State.Change(state => state.WithEach(entry => entry with { Served = null }));
        files.WriteServed();
    }
}
