using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Drift;

/// <summary>
/// Connections of HTTP/2 that clients go on using after their time (<see cref="AgeLines"/>). They end, once their requests are answered,
/// when the next process takes over.
/// </summary>
internal static class AgedConnections
{
    private const string Ask = $"get var {AgeLines.Noted}", IsThere = "value=<2>";

    // Clients that never let go of their process keep one more with each that takes over: then connections wait until one has ended.
    private const int MostOld = 4;

    /// <summary>Asks for a hand-over where the process has one. Used under the gate.</summary>
    public static async Task EndAsync(CellContext context, CellProcess process, CancellationToken cancellationToken)
    {
        if (context.State.Now is { Drift: null, Old.Count: < MostOld } state && CanBe(state)
            && (await process.Session.SendAsync(Ask, cancellationToken)).Contains(IsThere, StringComparison.Ordinal))
        {
            context.State.Change(state => state with { Drift = "clients had their time" });
            context.Changes.Raise();
        }
    }

    private static bool CanBe(CellState state) => state.Served.Any(served =>
        served.Listeners.Any(listener => listener.Http is { IsHttp2: true, ClientKeepAlive: not null }));
}
