using System.CommandLine;
using System.CommandLine.Parsing;

namespace CloudLb.Cli.Commands;

/// <summary>What somebody is told who used a command wrongly: what is wrong, and the line that shows how it is used.</summary>
internal static class Misuse
{
    public static int Tell(ParseResult parsed)
    {
        foreach (var error in parsed.Errors.Select(error => error.Message).Distinct())
        {
            Console.Error.WriteLine($"cloudlb: {Printable.Of(error)}");
        }

        var command = parsed.CommandResult.Command;
        var path = PathOf(parsed.CommandResult);
        var arguments = string.Concat(
            command.Arguments.Select(
                argument => argument.Arity.MinimumNumberOfValues == 0 ? $" [{argument.Name}]" : $" <{argument.Name}>"));
        var word = command.Subcommands.Count > 0 ? " <command>" : "";
        Console.Error.WriteLine($"Usage: {path}{word}{arguments} [options]. '{path} --help' says more.");
        return ExitCodes.WrongUse;
    }

    /// <summary>The words that lead to a command, whatever the executable is called.</summary>
    private static string PathOf(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{PathOf(parent)} {result.Command.Name}" : "cloudlb";
}
