using CloudLb.Core;

namespace CloudLb.HAProxy.Configuration;

/// <summary>A map by which rules are found. HAProxy reads it when it starts, and is given other entries while it runs.</summary>
/// <param name="Listener">Whose rules they are.</param>
/// <param name="Part">What of them is found: a number, or <see cref="Sections"/>.</param>
/// <param name="Entries">Each key once.</param>
internal sealed record RuleMap(string Listener, string Part, EquatableArray<KeyValuePair<string, string>> Entries)
{
    /// <summary>The directory of the maps, below that of the configuration.</summary>
    public const string Directory = "rules";

    /// <summary>The sections of rules whose numbers other maps have told.</summary>
    public const string Sections = "sections";

    /// <summary>Its file, relative to the configuration's directory; the same whatever is in it.</summary>
    public string Name => $"{Directory}/{Naming.Name.Checked(Listener)}.{Part}";

    public bool HasSections => Part == Sections;

    /// <summary>A key and its value on each line.</summary>
    public string Text => string.Concat(Lines.Select(line => line + "\n"));

    /// <summary>The same, line by line; none is empty.</summary>
    public IEnumerable<string> Lines => Entries.Select(entry => $"{entry.Key} {entry.Value}");
}
