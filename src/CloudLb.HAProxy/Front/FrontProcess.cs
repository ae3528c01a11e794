using CloudLb.HAProxy.Runtime;

namespace CloudLb.HAProxy.Front;

/// <summary>A process that holds shared addresses, and what we know that it has. Used by one at a time.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Generation">By which its socket is named.</param>
/// <param name="Session">The conversation with it.</param>
internal sealed record FrontProcess(int Id, long Generation, CommandSession Session)
{
    public bool IsAlive => !Session.Closed.IsCancellationRequested;

    /// <summary>What it was started with but for listeners; null of one that was found.</summary>
    public string? Shape { get; init; }

    public FrontPlan Plan { get; set; } = FrontPlan.Empty;

    /// <summary>Servers that it still has and nothing leads to.</summary>
    public HashSet<string> Removed { get; } = [];
}
