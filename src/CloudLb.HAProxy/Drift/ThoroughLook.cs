using CloudLb.HAProxy.NextProcess;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Drift;

/// <summary>
/// Looks at all that somebody can have changed by hand, in a process or in files. Servers are looked at in every poll; all the rest takes a
/// command for each certificate. Used under the gate.
/// </summary>
internal sealed class ThoroughLook(CellContext context, CertificateDrift certificates, LoadBalancerTexts texts, CellFiles files)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public async Task LookAsync(CellProcess process, CancellationToken cancellationToken)
    {
        var state = context.State.Now;
        if (state.Drift is not null || context.Now - process.Looks.LookedThrough < Interval)
        {
            return;
        }

        FoundDrift.AskForHandOver(context, await ListenerDrift.FindAsync(state, process, cancellationToken)
            ?? await certificates.FindAsync(state, process, cancellationToken)
            ?? await WeightDrift.FindAsync(state, process, cancellationToken)
            ?? await MapDrift.FindAsync(state, process, texts, cancellationToken)
            ?? FindInSockets(process));
        files.PutRight();
        process.Looks.LookedThrough = context.Now;
    }

    /// <summary>The link to it is put right with the files.</summary>
    private string? FindInSockets(CellProcess process)
    {
        var socket = context.Directory.PassOnSocket(process.Generation);
        files.PointTo(process);
        return File.Exists(socket) ? null : $"{socket} is gone";
    }
}
