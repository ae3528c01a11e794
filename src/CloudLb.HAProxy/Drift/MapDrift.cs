using CloudLb.HAProxy.Commands;
using CloudLb.HAProxy.NextProcess;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Drift;

/// <summary>Finds rules' maps in which somebody has changed something at HAProxy's socket.</summary>
internal static class MapDrift
{
    /// <summary>What is otherwise than it was set; null when nothing.</summary>
    public static async Task<string?> FindAsync(
        CellState state, CellProcess process, LoadBalancerTexts texts, CancellationToken cancellationToken)
    {
        // Of others nothing is written for this look.
        var maps = state.Served.Where(served => served.Listeners.Any(listener => listener.Rules.Count > 0))
            .SelectMany(served => texts.Sections(served, process.Threads).Maps).ToList();
        var answers = maps.Count == 0
            ? []
            : await process.Session.SendAsync([.. maps.Select(MapCommands.Show)], cancellationToken);
        return maps.Zip(answers)
            .Where(each => !MapCommands.Shows(each.Second, each.First))
            .Select(each => $"{each.First.Name} is not as it was set")
            .FirstOrDefault();
    }
}
