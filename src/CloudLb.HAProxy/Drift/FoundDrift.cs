using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Drift;

/// <summary>What was found to be changed by hand is put right by a hand-over.</summary>
internal static class FoundDrift
{
    /// <param name="context">The cell's.</param>
    /// <param name="drift">What was found; null when nothing.</param>
    public static void AskForHandOver(CellContext context, string? drift)
    {
        if (drift is not null && context.State.Now.Drift is null)
        {
            Record(context, drift);
            context.Changes.Raise();
        }
    }

    /// <summary>The next pass finds it by itself.</summary>
    public static void Record(CellContext context, string drift)
    {
        CellLog.Drifted(context.Logger, context.Number, drift);
        context.State.Change(state => state with { Drift = "drift" });
    }
}
