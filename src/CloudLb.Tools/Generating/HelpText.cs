using System.Text;
using CloudLb.Tools.Definitions;
using CloudLb.Tools.Installing;
using CloudLb.Tools.Running;

namespace CloudLb.Tools.Generating;

/// <summary>What <c>--help</c> prints, and the usage line after a wrong call.</summary>
internal static class HelpText
{
    private const int OptionWidth = 34;

    /// <summary>The line's form; the Java family also says where there is more.</summary>
    public static string Usage(ToolCommand command, Family family) => family == Family.Java
        ? $"Usage: {Synopsis(command, family)}\nFor all options: {command.NameIn(family)} --help"
        : $"usage: {Synopsis(command, family)}";

    public static string Synopsis(ToolCommand command, Family family)
    {
        var words = new List<string> { command.NameIn(family) };
        words.AddRange(command.Positionals
            .Select(positional => {
            var name = positional.IsRepeatable ? $"{positional.Name} ..." : positional.Name;
            return positional.IsRequired ? name : $"[{name}]";
        }));
        var own = command.Options.Where(option => option.Family.HasFlag(family) && !option.IsHidden).ToList();
        if (command.OneOf.Count > 0)
        {
            words.Add($"({string.Join(" | ", own.Where(option => command.OneOf.Contains(option.Name)).Select(Form))})");
        }

        foreach (var option in own.Where(option => !command.OneOf.Contains(option.Name)))
        {
            var form = option.IsRepeatable ? $"{Form(option)} ..." : Form(option);
            words.Add(option.IsRequired ? form : $"[{form}]");
        }

        words.Add("[GENERAL OPTIONS]");
        return string.Join(' ', words);
    }

    public static string Whole(ToolCommand command, Family family)
    {
        var text = new StringBuilder().AppendLine(Usage(command, family).Split('\n')[0]).AppendLine().AppendLine(command.Summary);
        if (command.OutputOf(family) is { } output)
        {
            text.AppendLine().AppendLine("Prints:").AppendLine($"  {output}");
        }

        if (command.Note is { } note)
        {
            text.AppendLine().AppendLine(note);
        }

        Section(text, "Arguments:", command.Positionals.Select(positional => (positional.Name, positional.Summary)));
        Section(text, "Options:", command.Options.Where(option => option.Family.HasFlag(family)).Select(Line));
        Section(text, "General options:", CommonOptions.Of(command, family).Where(option => !option.IsHidden).Select(Line));
        return text.ToString();
    }

    public static string Commands(Family family)
    {
        var text = new StringBuilder();
        foreach (var command in CommandTable.Of(family))
        {
            text.AppendLine($"  {command.NameIn(family),-44}{command.Summary}");
        }

        return text.AppendLine().AppendLine($"{Dispatcher.Dispatching} COMMAND --help tells of one command.").ToString();
    }

    public static string Own() =>
        $"""
        {Dispatcher.Executable} is one executable for all commands elb-… and eulb-…; a link by such a name runs that command.

        {Dispatcher.Executable} NAME [ARGUMENTS]           runs the command NAME, of {LinkInstaller.Names.Count()} names
        {Dispatcher.Executable} install-links FOLDER       makes a link for each name
        {Dispatcher.Executable} completion bash|zsh        prints the shell's completion
        {Dispatcher.Executable} man FOLDER                 writes a man page for each name
        {Dispatcher.Executable} version                    prints the version

        {Commands(Family.Java)}
        """;

    private static string Form(Option option) => option.IsFlag ? $"--{option.Name}" : $"--{option.Name} {option.Value}";

    private static (string Name, string Summary) Line(Option option)
    {
        var name = option.IsFlag ? option.Spelling.Replace("/", ", ") : $"{option.Spelling.Replace("/", ", ")} {option.Value}";
        return (name, option.IsRequired ? $"{option.Summary} Required." : option.Summary);
    }

    private static void Section(StringBuilder text, string title, IEnumerable<(string Name, string Summary)> lines)
    {
        var all = lines.ToList();
        if (all.Count > 0)
        {
            text.AppendLine().AppendLine(title);
        }

        foreach (var (name, summary) in all)
        {
            text.AppendLine(name.Length < OptionWidth
                ? $"  {name.PadRight(OptionWidth)}{summary}"
                : $"  {name}\n  {"".PadRight(OptionWidth)}{summary}");
        }
    }
}
