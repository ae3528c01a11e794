using System.Text;
using CloudLb.Tools.Definitions;
using CloudLb.Tools.Running;

namespace CloudLb.Tools.Generating;

/// <summary>Completion for bash: options of the command, values where they are known, files where a file is named.</summary>
internal static class BashCompletion
{
    public static string Write()
    {
        var text = new StringBuilder().Append(
            """
            # Completion of the elb-* and eulb-* commands for bash. Made by `cloudlb-tools completion bash`.
            _cloudlb_tools_options() {
                case $1 in

            """);
        foreach (var (family, command) in Commands())
        {
            text.Append($"        {command.NameIn(family)}) echo '{string.Join(' ', OptionsOf(command, family))}' ;;\n");
        }

        text.Append(
            """
                esac
            }

            _cloudlb_tools_values() {
                case $1 in

            """);
        foreach (var option in Commands()
            .SelectMany(pair => pair.Command.OptionsOf(pair.Family)).Where(option => option.Suggestions.Count > 0)
            .DistinctBy(option => option.Name))
        {
            text.Append($"        --{option.Name}) echo '{string.Join(' ', option.Suggestions)}' ;;\n");
        }

        return text.Append(
            $$"""
                esac
            }

            _cloudlb_tools() {
                local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} name=${COMP_WORDS[0]##*/}
                COMPREPLY=()
                if [[ $name == {{Dispatcher.Dispatching}} || $name == {{Dispatcher.Executable}} ]]; then
                    if (( COMP_CWORD == 1 )); then
                        local names='{{string.Join(' ', CommandTable.Of(Family.Java).Select(command => command.Name))}}'
                        if [[ $name == {{Dispatcher.Executable}} ]]; then
                            names='{{string.Join(' ', Commands().Select(pair => pair.Command.NameIn(pair.Family)))}} {{Own}}'
                        fi
                        COMPREPLY=($(compgen -W "$names" -- "$word"))
                        return
                    fi
                    [[ $name == {{Dispatcher.Dispatching}} ]] && name=elb-${COMP_WORDS[1]#elb-} || name=${COMP_WORDS[1]}
                fi
                case $before in
                    {{FileOptions()}})
                        COMPREPLY=($(compgen -f -- "$word"))
                        return ;;
                esac
                local values
                values=$(_cloudlb_tools_values "$before")
                if [[ -n $values ]]; then
                    COMPREPLY=($(compgen -W "$values" -- "$word"))
                elif [[ $word == -* ]]; then
                    COMPREPLY=($(compgen -W "$(_cloudlb_tools_options "$name")" -- "$word"))
                elif [[ $name == man || $name == install-links ]]; then
                    COMPREPLY=($(compgen -d -- "$word"))
                elif [[ $name == completion ]]; then
                    COMPREPLY=($(compgen -W "bash zsh" -- "$word"))
                fi
            }

            complete -F _cloudlb_tools {{Dispatcher.Executable}} {{string.Join(' ', Installing.LinkInstaller.Names)}}

            """).ToString();
    }

    private const string Own = "completion help install-links man version";

    private static IEnumerable<(Family Family, ToolCommand Command)> Commands() =>
        new[] { Family.Java, Family.Euca }.SelectMany(family => CommandTable.Of(family).Select(command => (family, command)));

    private static IEnumerable<string> OptionsOf(ToolCommand command, Family family) =>
        command.OptionsOf(family).Where(option => !option.IsHidden).Select(option => $"--{option.Name}");

    private static string FileOptions() =>
        string.Join('|', new[] { CommonOptions.CredentialFile, "attributes-from-file" }.Select(name => $"--{name}"));
}
