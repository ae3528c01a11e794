namespace CloudLb.Tools.Definitions;

/// <summary>Every command there is.</summary>
internal static class CommandTable
{
    /// <summary>By name.</summary>
    public static IReadOnlyList<ToolCommand> All { get; } =
    [
        .. LoadBalancerCommands.All.Concat(ListenerCommands.All).Concat(InstanceCommands.All).Concat(NetworkCommands.All)
            .Concat(PolicyCommands.All).Concat(PolicyQueries.All).Concat(AttributeCommands.All).Concat(TagCommands.All)
            .Append(new()
            {
                Name = "version", Family = Family.Java, Summary = "Prints the version.", Call = null,
                JavaOutput = "… CLI version VERSION (API DATE)",
            })
            .OrderBy(command => command.Name, StringComparer.Ordinal),
    ];

    /// <summary>Null when the family has no such command.</summary>
    public static ToolCommand? Find(string name, Family family) =>
        All.FirstOrDefault(command => command.Name == name && command.Family.HasFlag(family));

    public static IEnumerable<ToolCommand> Of(Family family) => All.Where(command => command.Family.HasFlag(family));
}
