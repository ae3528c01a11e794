using System.CommandLine;
using CloudLb.Cli.Control;

namespace CloudLb.Cli.Commands;

/// <summary><c>cloudlb database accept</c>: the operator's word that the database that is there is the right one.</summary>
internal static class DatabaseCommand
{
    public static Command Create(Func<EffectiveSettings> settings, Action<string> acceptAtStart)
    {
        var accept = new Command(
            "accept",
            "Accept a database that is older than what was answered, another one, or missing: what is stored in it counts from now on, " +
            "or from the next start.");
        accept.SetAction(async (_, cancellationToken) =>
        {
            var effective = settings();
            using var control = new ControlClient(effective.ControlSocket);
            Console.Out.WriteLine(await control.AcceptDatabaseAsync(cancellationToken) switch
            {
                null => AtStart(effective, acceptAtStart),
                { Fault: { } fault } => throw new CommandException(fault),
                { WasInDoubt: false } => "There is no doubt about the database; nothing was changed.",
                _ => "Accepted: changes are taken again, and what is stored is served.",
            });
        });
        return new("database", "The database.") { accept };
    }

    private static string AtStart(EffectiveSettings settings, Action<string> acceptAtStart)
    {
        acceptAtStart(settings.DataDirectory);
        return $"CloudLb does not run with {settings.DataDirectory}; whatever database it finds there at its next start is accepted.";
    }
}
