using System.Text;
using CloudLb.Tools.Definitions;
using CloudLb.Tools.Running;

namespace CloudLb.Tools.Generating;

/// <summary>A man page for each command, section 1.</summary>
internal static class ManPages
{
    /// <summary>When what the pages say last changed.</summary>
    private const string Date = "2026-12-01";

    public static void WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var family in new[] { Family.Java, Family.Euca })
        {
            foreach (var command in CommandTable.Of(family))
            {
                File.WriteAllText(Path.Combine(folder, $"{command.NameIn(family)}.1"), Page(command, family));
            }
        }

        foreach (var name in new[] { Dispatcher.Executable, Dispatcher.Dispatching })
        {
            File.WriteAllText(Path.Combine(folder, $"{name}.1"), OwnPage(name));
        }
    }

    public static string Page(ToolCommand command, Family family)
    {
        var name = command.NameIn(family);
        var page = Head(name, command.Summary).Append(".SH SYNOPSIS\n").Append(Line(HelpText.Synopsis(command, family)))
            .Append(".SH DESCRIPTION\n").Append(Line(command.Summary));
        if (command.Note is { } note)
        {
            page.Append(".PP\n").Append(Line(note));
        }

        Section(page, "ARGUMENTS", command.Positionals.Select(positional => (positional.Name, positional.Summary)));
        Section(page, "OPTIONS", command.Options.Where(option => option.Family.HasFlag(family)).Select(Entry));
        Section(page, "GENERAL OPTIONS", CommonOptions.Of(command, family).Where(option => !option.IsHidden).Select(Entry));
        if (command.OutputOf(family) is { } output)
        {
            page.Append(".SH OUTPUT\n").Append(Line(output));
        }

        Section(page, "EXIT STATUS", family == Family.Java ? JavaStatuses : EucaStatuses);
        return page.Append(".SH SEE ALSO\n").Append($".BR {Dispatcher.Executable} (1)\n").ToString();
    }

    private static readonly (string, string)[] JavaStatuses =
    [
        ("0", "It is done."),
        ("1", "The command line, the access key or the URL is wrong, or the service has refused the call as invalid (HTTP 400)."),
        ("2", "The question was answered with no."),
        ("30", "The service failed (HTTP 5xx and others)."),
        ("31", "The service could not be reached in time."),
        ("32", "The service has refused the call (HTTP 401, 403, 404, 409), throttled it, or sent it on."),
        ("99", "These commands have failed themselves."),
    ];

    private static readonly (string, string)[] EucaStatuses =
    [
        ("0", "It is done."), ("1", "It failed: the service, the connection, a file."), ("2", "The command line is wrong."),
    ];

    private static string OwnPage(string name)
    {
        var page = Head(name, "the commands elb-* and eulb-* in one executable").Append(".SH SYNOPSIS\n")
            .Append(Line($"{Dispatcher.Executable} NAME [ARGUMENTS]")).Append(".br\n")
            .Append(Line($"{Dispatcher.Executable} install-links FOLDER")).Append(".br\n")
            .Append(Line($"{Dispatcher.Executable} completion bash|zsh")).Append(".br\n")
            .Append(Line($"{Dispatcher.Executable} man FOLDER")).Append(".br\n")
            .Append(Line($"{Dispatcher.Dispatching} COMMAND [ARGUMENTS]"));
        Section(page, "COMMANDS", CommandTable.All.Select(command => (
            string.Join(", ", new[] { Family.Java, Family.Euca }
                .Where(family => command.Family.HasFlag(family)).Select(command.NameIn)), command.Summary)));
        Section(page, "ENVIRONMENT",
        [
            ("AWS_ELB_URL", "The service's URL."),
            ("EC2_REGION", "The region, for elb-*."),
            ("EUCA_DEFAULT_REGION, AWS_DEFAULT_REGION, EUCA_REGION", "The region, for eulb-*."),
            ("AWS_CREDENTIAL_FILE", "A file with the lines AWSAccessKeyId=... and AWSSecretKey=...."),
            ("AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY", "The access key."),
            ("EUCA_CONFIG_PATH", "Euca2ools' configuration files, for eulb-*."),
        ]);
        return page.ToString();
    }

    private static StringBuilder Head(string name, string summary) => new StringBuilder()
        .Append($".TH {name.ToUpperInvariant()} 1 \"{Date}\" \"CloudLb {ToolVersion.Text}\" \"User Commands\"\n")
        .Append($".SH NAME\n{Roff(name)} \\- {Roff(char.ToLowerInvariant(summary[0]) + summary[1..].TrimEnd('.'))}\n");

    private static (string Name, string Summary) Entry(Option option)
    {
        var name = option.Spelling.Replace("/", ", ");
        return (option.IsFlag ? name : $"{name} {option.Value}", option.IsRequired ? $"{option.Summary} Required." : option.Summary);
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
            page.Append($".TP\n.B \"{Roff(name).Replace("\"", "\\(dq")}\"\n").Append(Line(text));
        }
    }

    private static string Line(string text) => $"{Roff(text)}\n";

    /// <summary>A dash that can be copied, no escapes, and no line that begins with a request.</summary>
    private static string Roff(string text)
    {
        var escaped = text.Replace("\\", "\\e").Replace("-", "\\-").Replace("…", "...");
        return escaped is ['.' or '\'', ..] ? $"\\&{escaped}" : escaped;
    }
}
