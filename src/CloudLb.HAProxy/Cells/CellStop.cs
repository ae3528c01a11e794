using CloudLb.HAProxy.Files;
using CloudLb.HAProxy.NextProcess;
using CloudLb.HAProxy.OldProcesses;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Cells;

/// <summary>The end of a cell with its CloudLb. Used under the gate.</summary>
internal sealed class CellStop(CellContext context, Ending ending, CertificateFiles certificates, CellFiles files, StateFile stateFile)
{
    /// <summary>
    /// Ends all processes of the cell once they have finished what is under way, or its time is over. What it served is written down, and
    /// how its members were: who starts again within a minute goes on from there.
    /// </summary>
    /// <param name="patience">How long what is under way may take.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task StopAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        await ending.EndAllAsync(patience, cancellationToken);
        certificates.Clear();
        context.Directory.LeaveMemory();
        files.WriteServed();
        stateFile.Write();
        stateFile.Touch();
    }

    /// <summary>Lets the processes go on by themselves.</summary>
    public Task LeaveAsync() => ending.LeaveAllAsync();
}
