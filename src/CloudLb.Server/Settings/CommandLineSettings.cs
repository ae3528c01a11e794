namespace CloudLb.Server.Settings;

/// <summary>
/// Lets settings be given on the command line without the section's name: <c>--Url=http://127.0.0.1:9000</c>,
/// <c>--Quotas:classic-listeners=5</c>.
/// </summary>
internal static class CommandLineSettings
{
    private const string LoggingSection = "Logging:";

    /// <summary>The arguments, each <c>--Name=value</c>, as .NET's command-line configuration reads them.</summary>
    public static string[] Qualify(IEnumerable<string> arguments) =>
        [.. arguments.Select(argument => $"--{Qualify(argument[2..], ServerOptions.Section)}")];

    /// <summary>The names of the secrets among the arguments: other users of the machine see them in the list of processes.</summary>
    public static IReadOnlyList<string> SecretsIn(IEnumerable<string> arguments) =>
        [
            .. arguments.Select(argument => argument[2..].Split('=')[0]).Where(IsSecret),
        ];

    public static bool IsSecret(string name) =>
        name.EndsWith(nameof(ServerOptions.SecretAccessKey), StringComparison.OrdinalIgnoreCase);

    private static string Qualify(string setting, string section) =>
        setting.StartsWith($"{section}:", StringComparison.OrdinalIgnoreCase)
            || setting.StartsWith(LoggingSection, StringComparison.OrdinalIgnoreCase)
            ? setting
            : $"{section}:{setting}";
}
