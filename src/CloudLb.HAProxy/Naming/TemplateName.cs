using System.Text.RegularExpressions;

namespace CloudLb.HAProxy.Naming;

/// <summary>What a template can be called: its folder's name, and the value of a tag.</summary>
internal static partial class TemplateName
{
    /// <summary>The templates of what all share, as operators are told of them; no folder is called so.</summary>
    public const string Processes = "(processes)";

    /// <summary>The templates that every load balancer has.</summary>
    public const string Installation = "(installation)";

    /// <summary>Among the accounts that may use a template: all.</summary>
    public const string Everyone = "*";

    public static bool IsValid(string name) => Form().IsMatch(name);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}\z")]
    private static partial Regex Form();
}
