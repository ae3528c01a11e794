using System.CommandLine;

namespace CloudLb.Cli.Commands;

/// <summary><c>cloudlb restore FILE</c>: a backup into a data directory that no server uses.</summary>
internal static class RestoreCommand
{
    public static Command Create(Func<string, bool, RestoreReport> restore)
    {
        var file = new Argument<string>("file") { Description = "What 'cloudlb backup' has written." };
        var replace = new Option<bool>("--replace")
        {
            Description = "Set aside what the data directory has. Without it a directory that has been in use is left as it is.",
        };
        var command = new Command(
            "restore",
            "Restore a backup into the data directory, while CloudLb does not run there. All of it is verified before anything is changed.")
        {
            file, replace,
        };
        command.SetAction(parsed =>
        {
            var report = restore(parsed.GetValue(file)!, parsed.GetValue(replace));
            Console.Out.WriteLine($"Restored into {report.DataDirectory}. CloudLb serves it when it is started.");
            if (report.Before is { } before)
            {
                Console.Out.WriteLine($"What was there before is in {before}; it is yours to delete.");
            }
        });
        return command;
    }
}
