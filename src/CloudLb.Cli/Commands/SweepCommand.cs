using System.CommandLine;

namespace CloudLb.Cli.Commands;

/// <summary>
/// <c>cloudlb sweep DIRECTORY</c>: removes what an ephemeral server has left that was killed. Called by what watches over it, not by
/// people.
/// </summary>
internal static class SweepCommand
{
    public static Command Create(Func<string, CancellationToken, Task> sweep)
    {
        var directory = new Argument<string>("directory");
        var command = new Command("sweep", "Remove what a killed ephemeral CloudLb has left.") { directory };
        command.Hidden = true;
        command.SetAction((parsed, cancellationToken) => sweep(parsed.GetValue(directory)!, cancellationToken));
        return command;
    }
}
