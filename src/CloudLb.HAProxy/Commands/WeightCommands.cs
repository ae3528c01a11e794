namespace CloudLb.HAProxy.Commands;

/// <summary>The commands that give pools of an action other shares: <see cref="Configuration.WeightLines"/>. Tried with 2.6.12.</summary>
internal static class WeightCommands
{
    /// <summary>
    /// What is added comes before what goes: of two shares the larger one holds between them, so that nothing is left to the last pool
    /// that neither the weights before nor those after leave to it.
    /// </summary>
    public static IEnumerable<string> Change(IReadOnlyCollection<(string List, string Before, string After)> changes) =>
    [
        .. changes.Where(change => change.After.Length > 0).Select(change => $"add acl {change.List} {change.After}"),
        .. changes.Where(change => change.Before.Length > 0).Select(change => $"del acl {change.List} {change.Before}"),
    ];

    public static string Show(string list) => $"show acl {list}";

    /// <summary>The only range of a list, out of the answer to <see cref="Show"/>; empty for none, null for what is neither.</summary>
    public static string? RangeIn(string answer) => answer.Trim().Split('\n') switch
    {
        [""] => "",
        [var line] when line.StartsWith("0x", StringComparison.Ordinal) => line[(line.IndexOf(' ') + 1)..],
        _ => null,
    };
}
