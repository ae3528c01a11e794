using CloudLb.Tools.Definitions;

namespace CloudLb.Tools.Running;

/// <summary>The name by which the executable was called: a link per command.</summary>
internal static class Invocation
{
    /// <summary>
    /// The first word of the process's own command line. A runtime's apphost puts its library's name in its place in the managed arguments;
    /// the system does not.
    /// </summary>
    public static string OwnName()
    {
        var words = File.ReadAllText("/proc/self/cmdline").Split('\0');
        return Path.GetFileName(words[0]);
    }

    /// <summary>Null for a name of neither family.</summary>
    public static (Family Family, string Command)? Parse(string name)
    {
        foreach (var family in new[] { Family.Java, Family.Euca })
        {
            if (name.StartsWith(ToolCommand.Prefix(family), StringComparison.Ordinal))
            {
                return (family, name[ToolCommand.Prefix(family).Length..]);
            }
        }

        return null;
    }
}
