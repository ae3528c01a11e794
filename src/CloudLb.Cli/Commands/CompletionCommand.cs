using System.CommandLine;
using CloudLb.Cli.Generating;

namespace CloudLb.Cli.Commands;

/// <summary><c>cloudlb completion bash</c>: what a shell needs to complete these commands.</summary>
internal static class CompletionCommand
{
    public static Command Create(IReadOnlyList<string> settings)
    {
        var shell = new Argument<string>("shell") { Description = "bash or zsh." };
        shell.AcceptOnlyFromAmong("bash", "zsh");
        var command = new Command(
            "completion",
            "Print a shell's completion of these commands. For bash: eval \"$(cloudlb completion bash)\"; for zsh: a file _cloudlb in a " +
            "folder of $fpath.")
        {
            shell,
        };
        command.SetAction(parsed => Console.Out.Write(parsed.GetValue(shell) == "bash"
            ? BashCompletion.Write(parsed.RootCommandResult.Command, settings)
            : ZshCompletion.Write(parsed.RootCommandResult.Command, settings)));
        return command;
    }
}
