using System.CommandLine;
using CloudLb.Cli.Commands;

namespace CloudLb.Cli;

/// <summary>The command line of <c>cloudlb</c>.</summary>
public static class CloudLbCommand
{
    /// <summary>
    /// Runs the command that the arguments name. Returns 0, or one of <see cref="ExitCodes"/> after an error, which stands on standard
    /// error.
    /// </summary>
    public static async Task<int> RunAsync(string[] arguments, IExecutable executable)
    {
        try
        {
            var (settings, rest) = SettingArguments.Split(arguments);
            EffectiveSettings Settings() => executable.ReadSettings(settings);
            var root = new RootCommand(
                "The Elastic Load Balancing API on your own machines. Settings are given to every command as --Name value, in the " +
                "environment or in files: docs/settings.md lists them, and 'cloudlb config check' prints those in force.")
            {
                ServeCommand.Create(cancellationToken => executable.ServeAsync(settings, cancellationToken)),
                TryCommand.Create(Settings),
                EnvCommand.Create(Settings, executable.FindEphemeral),
                ConfigCommand.Create(() => executable.CheckSettings(settings)),
                DescribeCommand.Create(Settings),
                ExplainCommand.Create(Settings),
                WatchCommand.Create(Settings),
                AddressCommand.Create(Settings),
                MemberCommand.Create(Settings),
                RegisterCommand.Register(Settings),
                RegisterCommand.Unregister(Settings),
                TemplateCommand.Create(Settings),
                ImportCommand.Create(Settings, executable.FindEphemeral),
                ExportCommand.Create(Settings),
                ResetCommand.Create(Settings),
                VersionCommand.Create(),
                DatabaseCommand.Create(Settings, executable.AcceptDatabase),
                BackupCommand.Create(file => executable.Backup(settings, file)),
                RestoreCommand.Create((file, replaces) => executable.Restore(settings, file, replaces)),
                CompletionCommand.Create(executable.SettingNames),
                ManCommand.Create(executable.SettingNames),
                HoldAddressesCommand.Create(executable.HoldAddressesAsync),
                SweepCommand.Create(executable.SweepAsync),
            };
            var parsed = root.Parse(rest);
            return parsed.Errors.Count > 0
                ? Misuse.Tell(parsed)
                : await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (CommandException exception)
        {
            await Console.Error.WriteLineAsync($"cloudlb: {exception.Message}");
            return exception.ExitCode;
        }
    }
}
