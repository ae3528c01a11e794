using System.CommandLine;
using System.Text;

namespace CloudLb.Cli.Generating;

/// <summary>A man page for <c>cloudlb</c> and for each command, section 1.</summary>
internal static class ManPages
{
    private const string Program = "cloudlb";

    /// <summary>When what the pages say last changed.</summary>
    private const string Date = "2026-12-01";

    private static readonly (string Name, string Text)[] Files =
    [
        ("/etc/cloudlb/appsettings.json", "Settings of a service, which the server and all commands on that machine read."),
        ("appsettings.json", "The same in the current directory, and in the data directory; what is read later wins."),
        ("/var/lib/cloudlb", "The data directory of the Debian package's service."),
    ];

    private static readonly (string Name, string Text)[] Statuses =
    [
        ("0", "It is done."),
        ("1", "It could not be done; standard error says why."),
        ("2", "No such command, option or value."),
        ("3", "No load balancer or instance of the name."),
        ("4", "No server answers."),
    ];

    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void WriteTo(string folder, Command root, IReadOnlyList<string> settings)
    {
        Directory.CreateDirectory(folder);
        var commands = DefinedCommand.AllOf(root).ToList();
        foreach (var command in commands)
        {
            File.WriteAllText(Path.Combine(folder, $"{NameOf(command)}.1"), Page(command, commands, settings));
        }
    }

    public static string Page(DefinedCommand command, IReadOnlyList<DefinedCommand> all, IReadOnlyList<string> settings)
    {
        var name = NameOf(command);
        var isWhole = command.Path.Count == 0;
        var page = new StringBuilder()
            .Append($".TH {name.ToUpperInvariant()} 1 \"{Date}\" \"CloudLb {Commands.VersionCommand.Text}\" \"User Commands\"\n")
            .Append($".SH NAME\n{Roff(name)} \\- {Roff(Summary(command))}\n")
            .Append(".SH SYNOPSIS\n").Append(Line(Synopsis(command)))
            .Append(".SH DESCRIPTION\n").Append(Line(command.Description));
        Section(page, "COMMANDS", command.Subcommands.Select(
            sub => (string.Join(' ', [Program, .. command.Path, sub.Name]), sub.Description ?? "")));
        Section(page, "ARGUMENTS", command.Arguments.Select(argument => (argument.Name.ToUpperInvariant(), argument.Description ?? "")));
        Section(
            page, "OPTIONS", command.Options.Select(Entry).Append(("--help, -h", "Say what the command does and takes.")));
        if (isWhole)
        {
            page.Append(".SH SETTINGS\n").Append(Line(
                "Each of these is given as --Name value, as CloudLb__Name in the environment with two underscores for each colon, or " +
                "in a file. Lists and tables of a file stand beside them."));
            page.Append(".PP\n").Append(Line(string.Join(", ", settings.Select(setting => $"--{setting}")) + "."));
            Section(page, "FILES", Files);
        }

        Section(page, "EXIT STATUS", Statuses);
        return page.Append(".SH SEE ALSO\n").Append(string.Join(",\n", SeeAlso(command, all).Select(other => $".BR {Roff(other)} (1)")))
            .Append('\n').ToString();
    }

    private static IEnumerable<string> SeeAlso(DefinedCommand command, IReadOnlyList<DefinedCommand> all) => command.Path.Count == 0
        ? all.Where(other => other.Path.Count > 0).Select(NameOf)
        : [Program];

    private static string NameOf(DefinedCommand command) => string.Join('-', command.Path.Prepend(Program));

    /// <summary>The first sentence, as a man page's line of a name has it.</summary>
    private static string Summary(DefinedCommand command)
    {
        var sentence = command.Description.Split(". ")[0].Split(": ")[0].TrimEnd('.');
        return command.Path.Count == 0 ? sentence : char.ToLowerInvariant(sentence[0]) + sentence[1..];
    }

    private static string Synopsis(DefinedCommand command)
    {
        var words = command.Path.Prepend(Program).ToList();
        if (command.Subcommands.Any())
        {
            words.Add("COMMAND");
        }

        words.AddRange(command.Arguments.Select(
            argument => argument.Arity.MinimumNumberOfValues == 0
                ? $"[{argument.Name.ToUpperInvariant()}]" : argument.Name.ToUpperInvariant()));
        return string.Join(' ', words) + " [OPTIONS] [--Setting VALUE]";
    }

    private static (string Name, string Text) Entry(Option option)
    {
        var name = string.Join(", ", DefinedCommand.SpellingsOf(option));
        return (
            DefinedCommand.IsFlag(option) ? name : $"{name} {DefinedCommand.ValueOf(option)}",
            option.Required ? $"{option.Description} Required." : option.Description ?? "");
    }

    private static void Section(StringBuilder page, string title, IEnumerable<(string Name, string Text)> entries)
    {
        var all = entries.ToList();
        if (all.Count > 0)
        {
            page.Append($".SH {(title.Contains(' ') ? $"\"{title}\"" : title)}\n");
        }

        foreach (var (name, text) in all)
        {
            page.Append($".TP\n.B \"{Roff(name).Replace("\"", "\\(dq", StringComparison.Ordinal)}\"\n").Append(Line(text));
        }
    }

    private static string Line(string text) => $"{Roff(text)}\n";

    /// <summary>A dash that can be copied, no escapes, and no line that begins with a request.</summary>
    private static string Roff(string text)
    {
        var escaped = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal)
            .Replace("…", "...", StringComparison.Ordinal);
        return escaped is ['.' or '\'', ..] ? $"\\&{escaped}" : escaped;
    }
}
