namespace CloudLb.Cli.Migration.Printing;

/// <summary>AWS's names as the provider spells them.</summary>
internal static class Names
{
    /// <summary><c>HttpHeaderConfig</c> is <c>http_header</c>.</summary>
    public static string Snake(string name, string ending) => ShellCommands.Hyphened(
        name.EndsWith(ending, StringComparison.Ordinal) && name.Length > ending.Length ? name[..^ending.Length] : name).Replace('-', '_');
}
