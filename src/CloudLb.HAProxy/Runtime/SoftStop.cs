using CloudLb.HAProxy.Machine;

namespace CloudLb.HAProxy.Runtime;

/// <summary>
/// Lets processes finish that are about to end: after SIGUSR1 they accept nothing new, and what is under way goes on for as long as is
/// given. Kept connections with nothing on them are nobody's request, and are not waited for.
/// </summary>
internal static class SoftStop
{
    // Numbers of sessions and of requests that wait, of the backends: type 2 of HAProxy's management guide, 9.3, "show stat".
    private const string Ask = "show stat -1 2 -1";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// Returns when the processes have nothing under way any more, or the time is over; the processes may still be there.
    /// </summary>
    /// <param name="processes">Their numbers and the conversations with them.</param>
    /// <param name="patience">How long what is under way may take.</param>
    /// <param name="clock">Tells how long it took.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task FinishAsync(
        IReadOnlyList<(int ProcessId, CommandSession Session)> processes, TimeSpan patience, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (patience <= TimeSpan.Zero)
        {
            return;
        }

        foreach (var (processId, _) in processes)
        {
            NativeMethods.Signal(processId, NativeMethods.SignalUser1);
        }

        using var limit = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await Task.WhenAll(processes.Select(process => FinishAsync(process.Session, clock, either.Token)));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is over.
        }
    }

    private static async Task FinishAsync(CommandSession session, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            while (!session.Closed.IsCancellationRequested
                && StatText.Read(await session.SendAsync(Ask, cancellationToken)).Any(
                    row => row.Number("scur") > 0 || row.Number("qcur") > 0))
            {
                await Task.Delay(Pause, clock, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is RuntimeException or ObjectDisposedException)
        {
            // It has ended, or answers nothing any more.
        }
    }
}
