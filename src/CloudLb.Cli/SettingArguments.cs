namespace CloudLb.Cli;

/// <summary>
/// Tells settings from the command line's own words: settings are named as in <c>docs/settings.md</c>, with a capital first, and options in
/// lower case:
/// <c>cloudlb describe --DataDirectory /srv/cloudlb --output json</c>.
/// </summary>
internal static class SettingArguments
{
    /// <summary>Settings that are true where nothing stands behind them. The next word is theirs only if it is a value.</summary>
    private static readonly string[] Switches = ["--Ephemeral", "--FastClocks"];

    /// <summary>The settings, each as <c>--Name=value</c>, and what is left.</summary>
    public static (IReadOnlyList<string> Settings, string[] Others) Split(IReadOnlyList<string> arguments)
    {
        var settings = new List<string>();
        var rest = new List<string>();
        for (var index = 0; index < arguments.Count; index++)
        {
            var argument = arguments[index];
            if (!IsSetting(argument))
            {
                rest.Add(argument);
            }
            else if (argument.Contains('='))
            {
                settings.Add(argument);
            }
            else if (IsSwitch(argument) && !(index + 1 < arguments.Count && bool.TryParse(arguments[index + 1], out _)))
            {
                settings.Add($"{argument}=true");
            }
            else if (index + 1 < arguments.Count)
            {
                settings.Add($"{argument}={arguments[++index]}");
            }
            else
            {
                throw new CommandException($"{argument} has no value.", ExitCodes.WrongUse);
            }
        }

        return (settings, [.. rest]);
    }

    private static bool IsSwitch(string argument) => Switches.Contains(argument, StringComparer.OrdinalIgnoreCase);

    private static bool IsSetting(string argument) =>
        argument.Length > 2 && argument.StartsWith("--", StringComparison.Ordinal) && char.IsAsciiLetterUpper(argument[2]);
}
