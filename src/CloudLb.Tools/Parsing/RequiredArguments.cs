using CloudLb.Tools.Definitions;
using CloudLb.Tools.Running;

namespace CloudLb.Tools.Parsing;

/// <summary>What a command cannot do without, and what does not go together.</summary>
internal static class RequiredArguments
{
    private static readonly string[] Forms = [CommonOptions.ShowTable, CommonOptions.ShowLong, CommonOptions.ShowXml, CommonOptions.Quiet];

    public static void Check(Arguments arguments)
    {
        var command = arguments.Command;
        List<string> missing =
        [
            .. command.Positionals.Skip(arguments.Positionals.Count)
                .Where(positional => positional.IsRequired).Select(positional => positional.Name),
            .. command.OptionsOf(arguments.Family)
                .Where(option => option.IsRequired && !arguments.Has(option.Name)).Select(option => option.Spelling),
        ];
        var ofOneOf = command.OneOf.Where(arguments.Has).ToList();
        if (command.OneOf.Count > 0 && ofOneOf.Count == 0)
        {
            missing.Add(string.Join(" or ", command.OneOf.Select(name => $"--{name}")));
        }

        if (missing.Count > 0)
        {
            throw new ToolException(Fault.MissingArgument, string.Join(", ", missing));
        }

        RefuseTogether(ofOneOf);
        RefuseTogether([.. Forms.Where(arguments.Has)], arguments.Family);
        if (command.Positionals is not [.., { IsRepeatable: true }] && arguments.Positionals.Count > command.Positionals.Count)
        {
            throw new ToolException(Fault.MalformedInput, $"'{arguments.Positionals[command.Positionals.Count]}' is one argument too many");
        }
    }

    /// <summary>Euca2ools' forms are flags of one command, of which none is in another's way.</summary>
    private static void RefuseTogether(IReadOnlyList<string> given, Family family = Family.Java)
    {
        if (given.Count > 1 && family == Family.Java)
        {
            throw new ToolException(Fault.ConflictingOptions, string.Join(" and ", given.Select(name => $"--{name}")));
        }
    }
}
