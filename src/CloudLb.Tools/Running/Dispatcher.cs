using CloudLb.Tools.Definitions;
using CloudLb.Tools.Generating;
using CloudLb.Tools.Installing;
using CloudLb.Tools.Output;

namespace CloudLb.Tools.Running;

/// <summary>From the name and the words of a command line to what is run.</summary>
internal sealed class Dispatcher(TextWriter output, TextWriter error)
{
    public const string Dispatching = "elb-cmd", Executable = "cloudlb-tools";

    public Task<int> RunAsync(string name, IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        if (name == Dispatching)
        {
            return RunNamedAsync(words, cancellationToken);
        }

        if (Invocation.Parse(name) is var (family, command))
        {
            return CommandTable.Find(command, family) is { } found
                ? new CommandRun(found, family, output, error).RunAsync(words, cancellationToken)
                : Task.FromResult(FaultReport.Write(error, Unknown(command), name, family, command: null));
        }

        return words is [var first, ..] && (first == Dispatching || Invocation.Parse(first) is not null)
            ? RunAsync(first, [.. words.Skip(1)], cancellationToken)
            : Task.FromResult(RunOwn(words));
    }

    private Task<int> RunNamedAsync(IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        if (words is [] or ["--help" or "help", ..])
        {
            output.Write(HelpText.Commands(Family.Java));
            return Task.FromResult(words.Count > 0 ? 0 : 1);
        }

        // Both `elb-cmd describe-lbs` and `elb-cmd elb-describe-lbs`.
        var command = Invocation.Parse(words[0]) is (Family.Java, var bare) ? bare : words[0];
        return CommandTable.Find(command, Family.Java) is { } found
            ? new CommandRun(found, Family.Java, output, error).RunAsync([.. words.Skip(1)], cancellationToken)
            : Task.FromResult(FaultReport.Write(error, Unknown(command), Dispatching, Family.Java, command: null));
    }

    private int RunOwn(IReadOnlyList<string> words)
    {
        switch (words)
        {
            case ["completion", "bash"]:
                output.Write(BashCompletion.Write());
                return 0;
            case ["completion", "zsh"]:
                output.Write(ZshCompletion.Write());
                return 0;
            case ["man", var folder]:
                return Guarded(() => ManPages.WriteTo(folder));
            case ["install-links", var folder]:
                return Guarded(() => LinkInstaller.Install(folder));
            case ["version" or "--version"]:
                output.WriteLine($"{Executable} {ToolVersion.Text}");
                return 0;
            case ["help" or "--help" or "-h"]:
                output.Write(HelpText.Own());
                return 0;
            default:
                error.Write(HelpText.Own());
                return 1;
        }
    }

    private int Guarded(Action write)
    {
        try
        {
            write();
            return 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"{Executable}: {Printable.Of(exception.Message)}");
            return 1;
        }
    }

    private static ToolException Unknown(string command) => new(Fault.UnrecognizedOption, $"there is no command '{command}'");
}
