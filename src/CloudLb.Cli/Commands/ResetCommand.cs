using System.CommandLine;
using CloudLb.Cli.Control;

namespace CloudLb.Cli.Commands;

/// <summary><c>cloudlb reset</c>: empties a server that keeps nothing anyway.</summary>
internal static class ResetCommand
{
    public static Command Create(Func<EffectiveSettings> settings)
    {
        var command = new Command(
            "reset",
            "Remove everything from a CloudLb that was started with --Ephemeral: load balancers, certificates, and " +
            "access keys that were made.");
        command.SetAction(async (_, cancellationToken) =>
        {
            using var control = new ControlClient(settings().ControlSocket);
            if ((await control.ResetAsync(cancellationToken)).Fault is { } fault)
            {
                throw new CommandException(fault);
            }
        });
        return command;
    }
}
