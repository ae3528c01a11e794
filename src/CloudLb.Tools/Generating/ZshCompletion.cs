using System.Text;
using CloudLb.Tools.Definitions;
using CloudLb.Tools.Installing;

namespace CloudLb.Tools.Generating;

/// <summary>Completion for zsh: options with what they mean.</summary>
internal static class ZshCompletion
{
    public static string Write()
    {
        var text = new StringBuilder()
            .Append($"#compdef {string.Join(' ', LinkInstaller.Names)}\n")
            .Append("# Completion of the elb-* and eulb-* commands for zsh. Made by `cloudlb-tools completion zsh`.\n\n")
            .Append("_cloudlb_tools() {\n    local name=${words[1]:t}\n")
            .Append("    if [[ $name == elb-cmd ]]; then\n")
            .Append("        if (( CURRENT == 2 )); then\n            _values command")
            .Append(string.Concat(CommandTable.Of(Family.Java).Select(command => $" '{Quoted(command.Name)}[{Quoted(command.Summary)}]'")))
            .Append("\n            return\n        fi\n")
            .Append("        name=elb-${words[2]#elb-}\n        shift words\n        (( CURRENT-- ))\n    fi\n")
            .Append("    case $name in\n");
        foreach (var family in new[] { Family.Java, Family.Euca })
        {
            foreach (var command in CommandTable.Of(family))
            {
                text.Append($"        {command.NameIn(family)})\n            _arguments");
                foreach (var option in command.OptionsOf(family).Where(option => !option.IsHidden))
                {
                    text.Append($" \\\n                '{Specification(option)}'");
                }

                text.Append(command.Positionals.Count > 0 ? " \\\n                '*:argument:' ;;\n" : " ;;\n");
            }
        }

        return text.Append("    esac\n}\n\n")
            .Append("if [[ $funcstack[1] == _cloudlb_tools ]]; then\n    _cloudlb_tools \"$@\"\nelse\n")
            .Append($"    compdef _cloudlb_tools {string.Join(' ', LinkInstaller.Names)}\nfi\n").ToString();
    }

    private static string Specification(Option option)
    {
        var repeated = option.IsRepeatable ? "*" : "";
        if (option.IsFlag)
        {
            return $"{repeated}--{option.Name}[{Quoted(option.Summary)}]";
        }

        var action = option.Suggestions.Count > 0
            ? $"({string.Join(' ', option.Suggestions)})"
            : option.Name.EndsWith("-file", StringComparison.Ordinal) ? "_files" : "";
        return $"{repeated}--{option.Name}=[{Quoted(option.Summary)}]:value:{action}";
    }

    /// <summary>Inside a specification and single quotes.</summary>
    private static string Quoted(string text) =>
        text.Replace("'", "'\\''").Replace("[", "\\[").Replace("]", "\\]").Replace(":", "\\:");
}
