using CloudLb.Tools.Calling;

namespace CloudLb.Tools.Definitions;

/// <summary>One command, as data: parser, help, completion and man pages are made from it.</summary>
internal sealed record ToolCommand
{
    /// <summary>Without the family's prefix: <c>create-lb</c>.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence.</summary>
    public required string Summary { get; init; }

    public Family Family { get; init; } = Family.Both;

    public IReadOnlyList<Positional> Positionals { get; init; } = [];

    /// <summary>Those of this command alone; <see cref="CommonOptions"/> has the others.</summary>
    public IReadOnlyList<Option> Options { get; init; } = [];

    /// <summary>Names of options of which exactly one is to be given.</summary>
    public IReadOnlyList<string> OneOf { get; init; } = [];

    /// <summary>
    /// What the Java family asks before it is done; the placeholder <c>{0}</c> is the load balancer. Null when nothing is asked.
    /// </summary>
    public string? Question { get; init; }

    /// <summary>The output's form, for help: row type, then columns.</summary>
    public string? JavaOutput { get; init; }

    public string? EucaOutput { get; init; }

    /// <summary>A peculiarity that help tells.</summary>
    public string? Note { get; init; }

    /// <summary>Euca2ools prints this one as a table with two spaces, not with tabs.</summary>
    public bool IsEucaTable { get; init; }

    /// <summary>Null for what needs no server.</summary>
    public required ICall? Call { get; init; }

    public string NameIn(Family family) => Prefix(family) + Name;

    public static string Prefix(Family family) => family == Family.Java ? "elb-" : "eulb-";

    /// <summary>All that the family takes with this command, its own options first.</summary>
    public IEnumerable<Option> OptionsOf(Family family) =>
        Options.Concat(CommonOptions.Of(this, family)).Where(option => option.Family.HasFlag(family));

    public string? OutputOf(Family family) => family == Family.Java ? JavaOutput : EucaOutput;
}
