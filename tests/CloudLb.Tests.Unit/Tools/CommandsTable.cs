using System.Text;
using CloudLb.Tools.Definitions;

namespace CloudLb.Tests.Unit.Tools;

/// <summary>The table of docs/elb-commands.md, out of the definitions.</summary>
internal static class CommandsTable
{
    public static string Write()
    {
        var text = new StringBuilder()
            .Append("| Command | Arguments and options | `elb-*` prints | `eulb-*` prints |\n|---|---|---|---|\n");
        foreach (var command in CommandTable.All)
        {
            text.Append($"| {Name(command)} | {Grammar(command)} | {Prints(command, Family.Java)} | {Prints(command, Family.Euca)} |\n");
        }

        return text.ToString();
    }

    private static string Name(ToolCommand command) =>
        command.Family == Family.Both ? $"`{command.Name}`" : $"`{command.NameIn(command.Family)}` alone";

    private static string Grammar(ToolCommand command)
    {
        var parts = command.Positionals.Select(positional =>
        {
            var name = positional.IsRepeatable ? $"`{positional.Name} …`" : $"`{positional.Name}`";
            return positional.IsRequired ? name : $"{name} (optional)";
        });
        return string.Join("; ", parts.Concat(command.Options.Select(option => OptionText(command, option)))).Replace("|", "\\|");
    }

    private static string OptionText(ToolCommand command, Option option)
    {
        var family = option.Family == Family.Both || option.Family == command.Family
            ? ""
            : $"{ToolCommand.Prefix(option.Family).TrimEnd('-')}: ";
        var required = command.OneOf.Contains(option.Name) ? ", one of the two" : option.IsRequired ? ", required" : "";
        var repeatable = option.IsRepeatable ? ", repeatable" : "";
        return $"{family}`{option.Spelling}{(option.IsFlag ? "" : $" {option.Value}")}`{required}{repeatable}";
    }

    private static string Prints(ToolCommand command, Family family) => !command.Family.HasFlag(family)
        ? "–"
        : command.OutputOf(family) is { } output ? $"`{output}`" : "nothing";
}
