using System.CommandLine;
using CloudLb.Cli.Generating;

namespace CloudLb.Cli.Commands;

/// <summary><c>cloudlb man FOLDER</c>: the man pages of these commands.</summary>
internal static class ManCommand
{
    public static Command Create(IReadOnlyList<string> settings)
    {
        var folder = new Argument<string>("folder") { Description = "Where they are written; a man1 that man(1) looks into." };
        var command = new Command("man", "Write a man page for each of these commands.") { folder };
        command.SetAction(parsed =>
        {
            try
            {
                ManPages.WriteTo(parsed.GetValue(folder)!, parsed.RootCommandResult.Command, settings);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new CommandException(exception.Message);
            }
        });
        return command;
    }
}
