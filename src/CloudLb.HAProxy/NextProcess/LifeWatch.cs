using CloudLb.HAProxy.Machine;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.NextProcess;

/// <summary>Notices when the process that serves has died, and asks for a pass then. Safe to use from any thread.</summary>
internal sealed class LifeWatch(CellContext context)
{
    // After some processes that ended as soon as this the next one waits, lest nothing else gets done; a pass is asked for when its time is
    // over.
    private static readonly TimeSpan ShortestLife = TimeSpan.FromSeconds(1);
    private const int ShortLivesAllowed = 3;

    private int _shortLives;

    public void Watch(CellProcess process)
    {
        var kills = OutOfMemory.Kills();
        process.Session.Closed.Register(() => NoteEnd(process, kills));
    }

    /// <summary>Asks for a pass if the process that serves is dead. Called a few times a second.</summary>
    public void Look()
    {
        if (context.State.Now.Process is { IsAlive: false } process && !IsYoung(process))
        {
            context.Changes.Raise();
        }
    }

    private void NoteEnd(CellProcess process, long kills)
    {
        if (!ReferenceEquals(context.State.Now.Process, process))
        {
            return;
        }

        CellLog.Died(context.Logger, context.Number, process.ProcessId, OutOfMemory.Words(OutOfMemory.Kills() - kills));
        if (!IsYoung(process))
        {
            Volatile.Write(ref _shortLives, 0);
            context.Changes.Raise();
        }
        else if (Interlocked.Increment(ref _shortLives) < ShortLivesAllowed)
        {
            context.Changes.Raise();
        }
    }

    /// <summary>Whether the process was started a moment ago; not of one that was found.</summary>
    private bool IsYoung(CellProcess process) => context.Now - process.StartedAt < ShortestLife;
}
