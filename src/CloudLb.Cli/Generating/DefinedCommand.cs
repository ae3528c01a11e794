using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;

namespace CloudLb.Cli.Generating;

/// <summary>A command as completion and man pages see it: all of it is read from what the command line itself is parsed with.</summary>
/// <param name="Path">Its words behind <c>cloudlb</c>, none for <c>cloudlb</c> itself.</param>
internal sealed record DefinedCommand(IReadOnlyList<string> Path, Command Command)
{
    private static readonly string[] NamesOfFiles = ["file", "folder", "directory"];

    /// <summary>In words and with a blank between them: <c>database accept</c>.</summary>
    public string Words => string.Join(' ', Path);

    public string Description => Command.Description ?? "";

    public IEnumerable<Option> Options => Command.Options.Where(option => !option.Hidden && option is not (VersionOption or HelpOption));

    public IEnumerable<Argument> Arguments => Command.Arguments.Where(argument => !argument.Hidden);

    public IEnumerable<Command> Subcommands => Command.Subcommands.Where(command => !command.Hidden);

    /// <summary>The command and all below it, but for what people do not call.</summary>
    public static IEnumerable<DefinedCommand> AllOf(Command root) => new DefinedCommand([], root).WithAllBelow();

    /// <summary>All spellings of an option, the long one first.</summary>
    public static IEnumerable<string> SpellingsOf(Option option) =>
        option.Aliases.Where(alias => alias.StartsWith('-') && !alias.StartsWith("-?", StringComparison.Ordinal)).Prepend(option.Name);

    /// <summary>Whether nothing stands behind the option.</summary>
    public static bool IsFlag(Option option) => option.ValueType == typeof(bool);

    /// <summary>What stands for the option's value.</summary>
    public static string ValueOf(Option option) => (option.HelpName ?? option.Name.TrimStart('-')).ToUpperInvariant();

    /// <summary>The values that an option takes, where those are few.</summary>
    public static IReadOnlyList<string> ValuesOf(Option option) => IsFlag(option) ? []
        : [.. option.CompletionSources.SelectMany(source => source(CompletionContext.Empty)).Select(item => item.Label)];

    public static IReadOnlyList<string> ValuesOf(Argument argument) =>
        [.. argument.CompletionSources.SelectMany(source => source(CompletionContext.Empty)).Select(item => item.Label)];

    public static bool IsFile(Argument argument) => NamesOfFiles.Contains(argument.Name);

    private IEnumerable<DefinedCommand> WithAllBelow() => Subcommands
        .SelectMany(command => new DefinedCommand([.. Path, command.Name], command).WithAllBelow())
        .Prepend(this);
}
