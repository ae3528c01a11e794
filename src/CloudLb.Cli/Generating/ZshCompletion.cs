using System.CommandLine;
using System.Text;

namespace CloudLb.Cli.Generating;

/// <summary>Completion for zsh: commands and options with what they mean.</summary>
internal static class ZshCompletion
{
    public static string Write(Command root, IReadOnlyList<string> settings)
    {
        var text = new StringBuilder()
            .Append("#compdef cloudlb\n# Completion of cloudlb for zsh. Made by `cloudlb completion zsh`.\n\n")
            .Append("_cloudlb_settings() {\n    local -a settings=(")
            .Append(string.Join(' ', settings.Select(setting => $"'--{setting.Replace(":", "\\:", StringComparison.Ordinal)}'")))
            .Append(")\n    _describe -o setting settings\n}\n\n");
        foreach (var command in DefinedCommand.AllOf(root))
        {
            Function(text, command);
        }

        return text.Append(
            """
            if [[ $funcstack[1] == _cloudlb ]]; then
                _cloudlb "$@"
            else
                compdef _cloudlb cloudlb
            fi

            """).ToString();
    }

    private static void Function(StringBuilder text, DefinedCommand command)
    {
        text.Append($"{NameOf(command.Path)}() {{\n")
            .Append("    if [[ $PREFIX == --[A-Z]* ]]; then\n        _cloudlb_settings\n        return\n    fi\n");
        if (command.Subcommands.Any())
        {
            text.Append("    local -a commands=(\n")
                .Append(string.Concat(command.Subcommands.Select(
                    sub => $"        '{Quoted(sub.Name)}:{Quoted(sub.Description ?? "")}'\n")))
                .Append("    )\n    if (( CURRENT > 2 )); then\n        case $words[2] in\n")
                .Append(string.Concat(command.Subcommands.Select(
                    sub => $"            {sub.Name}) shift words; (( CURRENT-- )); {NameOf([.. command.Path, sub.Name])}; return ;;\n")))
                .Append("        esac\n    fi\n    _describe command commands\n");
        }
        else
        {
            var specifications = command.Options.SelectMany(Specifications).Append("--help[Say what the command does and takes.]")
                .Concat(command.Arguments.Select(Specification));
            text.Append($"    _arguments{string.Concat(specifications.Select(one => $" \\\n        '{one}'"))}\n");
        }

        text.Append("}\n\n");
    }

    private static string NameOf(IEnumerable<string> path) => string.Concat(path.Prepend("_cloudlb").Select(
        (word, index) => index == 0 ? word : $"_{word.Replace('-', '_')}"));

    private static IEnumerable<string> Specifications(Option option)
    {
        var repeated = option.Arity.MaximumNumberOfValues > 1 ? "*" : "";
        var values = DefinedCommand.ValuesOf(option);
        var action = values.Count > 0 ? $"({string.Join(' ', values)})" : "";
        var value = DefinedCommand.IsFlag(option) ? "" : $":{DefinedCommand.ValueOf(option).ToLowerInvariant()}:{action}";
        return DefinedCommand.SpellingsOf(option).Select(
            spelling => $"{repeated}{spelling}[{Quoted(option.Description ?? "")}]{value}");
    }

    private static string Specification(Argument argument)
    {
        var values = DefinedCommand.ValuesOf(argument);
        var action = values.Count > 0 ? $"({string.Join(' ', values)})" : DefinedCommand.IsFile(argument) ? "_files" : "";
        return argument.Arity.MaximumNumberOfValues > 1 ? $"*:{argument.Name}:{action}" : $":{argument.Name}:{action}";
    }

    /// <summary>Inside a specification and single quotes.</summary>
    private static string Quoted(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "'\\''", StringComparison.Ordinal)
        .Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal)
        .Replace(":", "\\:", StringComparison.Ordinal);
}
