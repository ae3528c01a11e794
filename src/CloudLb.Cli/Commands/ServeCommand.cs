using System.CommandLine;

namespace CloudLb.Cli.Commands;

/// <summary><c>cloudlb serve</c>: runs the server in the foreground.</summary>
internal static class ServeCommand
{
    public static Command Create(Func<CancellationToken, Task<int>> serve)
    {
        var command = new Command("serve", "Run CloudLb in the foreground until it is told to stop (Ctrl-C).");
        command.SetAction((_, cancellationToken) => serve(cancellationToken));
        return command;
    }
}
