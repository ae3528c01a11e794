using CloudLb.HAProxy.Commands;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Drift;

/// <summary>Finds pools whose share of an action somebody has changed at HAProxy's socket.</summary>
internal static class WeightDrift
{
    /// <summary>What is otherwise than it was set; null when nothing.</summary>
    public static async Task<string?> FindAsync(CellState state, CellProcess process, CancellationToken cancellationToken)
    {
        var lists = state.Served.SelectMany(WeightLines.Of).ToList();
        var answers = lists.Count == 0
            ? []
            : await process.Session.SendAsync([.. lists.Select(each => WeightCommands.Show(each.List))], cancellationToken);
        return lists.Zip(answers)
            .Where(each => WeightCommands.RangeIn(each.Second) != each.First.Range)
            .Select(each => $"{each.First.List} is not as it was set")
            .FirstOrDefault();
    }
}
