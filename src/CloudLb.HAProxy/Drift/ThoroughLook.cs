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

    // Of a full cell 220 KB, which take a process 3.4 ms (2.6.12): where they are there anyway the look does not wait for the next ones.
    private static readonly TimeSpan IntervalWithStatistics = Interval * 0.75;

    /// <summary>Looks, if it is time to.</summary>
    /// <param name="process">The process that serves.</param>
    /// <param name="info">What it has just said of itself.</param>
    /// <param name="statistics">And of its listeners and servers; null where it was not asked.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task LookAsync(CellProcess process, string info, string? statistics, CancellationToken cancellationToken)
    {
        var state = context.State.Now;
        var interval = statistics is null ? Interval : IntervalWithStatistics;
        if (state.Drift is not null || context.Now - process.Looks.LookedThrough < interval)
        {
            return;
        }

        statistics ??= await process.Session.SendAsync("show stat -1 5 -1", cancellationToken);
        FoundDrift.AskForHandOver(context, ListenerDrift.Find(state, process, statistics, info)
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
