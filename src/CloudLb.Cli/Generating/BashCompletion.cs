using System.CommandLine;
using System.Text;

namespace CloudLb.Cli.Generating;

/// <summary>Completion for bash: commands, options, their values where they are few, settings, files.</summary>
internal static class BashCompletion
{
    public static string Write(Command root, IReadOnlyList<string> settings)
    {
        var commands = DefinedCommand.AllOf(root).ToList();
        return new StringBuilder()
            .Append("# Completion of cloudlb for bash. Made by `cloudlb completion bash`.\n")
            .Append(Choice("_cloudlb_commands", commands.Select(command => (command.Words, command.Subcommands.Select(sub => sub.Name)))))
            .Append(Choice("_cloudlb_options", commands.Select(command => (command.Words, command.Options.Select(option => option.Name)))))
            .Append(Choice("_cloudlb_arguments", commands.Select(
                command => (command.Words, command.Arguments.SelectMany(DefinedCommand.ValuesOf)))))
            .Append(Choice("_cloudlb_values", commands.SelectMany(
                command => command.Options.SelectMany(
                    option => DefinedCommand.SpellingsOf(option).Select(
                        spelling => ($"{command.Words} {spelling}", DefinedCommand.ValuesOf(option).AsEnumerable()))))))
            .Append(
                $$"""

                _cloudlb() {
                    local line=${COMP_LINE:0:COMP_POINT} path= before= index known
                    # Settings have colons, at which bash parts words.
                    local word=${line##*[[:blank:]]}
                    COMPREPLY=()
                    for ((index = 1; index < COMP_CWORD; index++)); do
                        before=${COMP_WORDS[index]}
                        known=" $(_cloudlb_commands "$path") "
                        if [[ $before != -* && $known == *" $before "* ]]; then
                            path=${path:+$path }$before
                        fi
                    done
                    local values=$(_cloudlb_values "$path $before")
                    if [[ -n $values ]]; then
                        COMPREPLY=($(compgen -W "$values" -- "$word"))
                    elif [[ $word == --[A-Z]* ]]; then
                        COMPREPLY=($(compgen -W '{{string.Join(' ', settings.Select(setting => $"--{setting}"))}}' -- "$word"))
                        if [[ $word == *:* && $COMP_WORDBREAKS == *:* ]]; then
                            COMPREPLY=("${COMPREPLY[@]#"${word%"${word##*:}"}"}")
                        fi
                    elif [[ $word == -* ]]; then
                        COMPREPLY=($(compgen -W "$(_cloudlb_options "$path") --help" -- "$word"))
                    elif [[ $before == --[A-Z]* ]]; then
                        COMPREPLY=($(compgen -f -- "$word"))
                    else
                        COMPREPLY=($(compgen -W "$(_cloudlb_commands "$path") $(_cloudlb_arguments "$path")" -- "$word"))
                        case $path in
                            {{string.Join('|', commands.Where(TakesFile).Select(command => $"'{command.Words}'"))}})
                                COMPREPLY+=($(compgen -f -- "$word")) ;;
                        esac
                    fi
                }

                complete -o filenames -F _cloudlb cloudlb

                """).ToString();
    }

    private static bool TakesFile(DefinedCommand command) => command.Arguments.Any(DefinedCommand.IsFile);

    private static string Choice(string name, IEnumerable<(string Words, IEnumerable<string> Answers)> choices)
    {
        var text = new StringBuilder($"\n{name}() {{\n    case $1 in\n");
        foreach (var (words, answers) in choices.Where(choice => choice.Answers.Any()))
        {
            text.Append($"        '{words}') echo '{string.Join(' ', answers)}' ;;\n");
        }

        return text.Append("    esac\n}\n").ToString();
    }
}
