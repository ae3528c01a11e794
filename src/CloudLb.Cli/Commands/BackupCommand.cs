using System.CommandLine;

namespace CloudLb.Cli.Commands;

/// <summary><c>cloudlb backup FILE</c>: what is kept, in one file, while CloudLb runs or not.</summary>
internal static class BackupCommand
{
    public static Command Create(Func<string, BackupReport> backUp)
    {
        var file = new Argument<string>("file")
        {
            Description = "The file to write; an earlier backup there is replaced when the new one is whole.",
        };
        var command = new Command(
            "backup",
            "Write load balancers, certificates, access keys and the keys to read them into one file, also while CloudLb runs. " +
            "Keep it as safe as the machine.")
        {
            file,
        };
        command.SetAction(parsed =>
        {
            var report = backUp(parsed.GetValue(file)!);
            Console.Out.WriteLine($"Wrote {parsed.GetValue(file)}: {string.Join(", ", report.Files)}.");
            if (report.Elsewhere.Count > 0)
            {
                Console.Out.WriteLine($"Not in it, as it is outside the data directory: {string.Join(", ", report.Elsewhere)}.");
            }
        });
        return command;
    }
}
