using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Configuration;

/// <summary>What a listener's section depends on besides the plan.</summary>
internal sealed record ListenerSurroundings
{
    /// <summary>The threads of the process, each of which has a frontend of a logged listener.</summary>
    public required int Threads { get; init; }

    /// <summary>In which a client has to send its first request, where that is less than the idle timeout.</summary>
    public required TimeSpan FirstRequest { get; init; }

    /// <summary>The operator's; null where there are none.</summary>
    public required TemplatedSections? Templates { get; init; }

    /// <summary>How listeners take what comes to a shared address; null: not at all.</summary>
    public required FrontSockets? Front { get; init; }

    /// <summary>Whether listeners are bound where the machine has no such address, too.</summary>
    public required bool IsAbsentBound { get; init; }

    /// <summary>Whether every request comes to the listener's own rules, as some look at all of them.</summary>
    public bool IsOpen(PlannedListener listener) => listener.Mode == TrafficMode.Http
        && (Templates?.IsOpen == true || RewriteLines.AreIn(listener) || GateLines.AreIn(listener)
            || (Templates?.HasRoutes == true && PathLines.AreAsked(listener)));
}
