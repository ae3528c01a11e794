using System.CommandLine;
using CloudLb.Cli.Commands;

namespace CloudLb.Cli;

/// <summary>The command line of <c>cloudlb</c>.</summary>
public static class CloudLbCommand
{
    private const int Failed = 1;

    /// <summary>Runs the command that the arguments name. Returns the exit code: 0, or 1 after an error, which stands on standard error.</summary>
    public static async Task<int> RunAsync(string[] arguments, IExecutable executable)
    {
        try
        {
            var (settings, rest) = SettingArguments.Split(arguments);
            EffectiveSettings Settings() => executable.ReadSettings(settings);
            var root = new RootCommand("The Elastic Load Balancing API on your own machines. Settings are given as --Name value; see docs/settings.md.")
            {
                ServeCommand.Create(cancellationToken => executable.ServeAsync(settings, cancellationToken)),
                TryCommand.Create(Settings),
                EnvCommand.Create(Settings),
                ConfigCommand.Create(Settings),
                DescribeCommand.Create(Settings),
                ExplainCommand.Create(Settings),
                WatchCommand.Create(Settings),
                AddressCommand.Create(Settings),
            };
            return await root.Parse(rest).InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (CommandException exception)
        {
            await Console.Error.WriteLineAsync($"cloudlb: {exception.Message}");
            return Failed;
        }
    }
}
