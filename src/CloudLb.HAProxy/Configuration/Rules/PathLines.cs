using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// The path that conditions of rules look at: what the client has sent as AWS normalizes it. Letters that stand as <c>%61</c> are read,
/// then <c>/./</c> and <c>/x/../</c> are taken away; what would lead above the root is refused (400), as at AWS. Members, redirects and
/// rewrites have the path as it was sent.
/// </summary>
/// <remarks>
/// Hardly any request has such a path, so the look at the head (<see cref="DesyncLines"/>) finds those that have, and no other one pays
/// for them: the others' conditions look at the path itself, and lines of their own, which the usual request never comes to, find out where
/// these go (<see cref="WriteRoutes"/>). Where every request comes to its listener's rules, conditions look at a variable
/// (<see cref="WriteAll"/>). Tried with 2.6.12.
/// </remarks>
internal static class PathLines
{
    /// <summary>The end of the name of the defaults whose look finds such paths, for listeners whose rules ask for them.</summary>
    public const string Suffix = "_paths";

    /// <summary>Where conditions find the path: as it was sent, and where that may be another one than is looked at.</summary>
    public const string Sent = "path", Normalized = "var(txn.path)";

    // Of other alphabets no letter is read, so that addresses in them are usual.
    private const string Rare = "%(?:[2-7]|00)|/[.]";

    /// <summary>
    /// What the look at a request's target finds of it besides, before its query; where the target is a whole address, HAProxy's path
    /// begins at the next slash, whatever stands before that.
    /// </summary>
    public const string Looked = $"^(?:[^?/]*//[^/]*)?[^?]*?(?:{Rare})";

    /// <summary>Whether a path is none of the usual ones, after <see cref="WriteRare"/>.</summary>
    public const string IsUnusual = $"{{ {Normalized} -m found }}";

    /// <summary>So many segments in a row can be left by as many <c>..</c>; of more the request is refused.</summary>
    private const int MostUp = 8;

    // What stands for a printable letter of ASCII, but for the question mark, which would begin a query, and for %25 before 00. Any other
    // percent sign stays, and is hidden meanwhile behind what no target has: so the text never grows, and nothing of it is cut off.
    private const string Decoded = """
        path,regsub("%(?!2[0-46-9a-f]|25(?!00)|3[0-9a-e]|[4-6][0-9a-f]|7[0-9a-e])","\x01",gi),url_dec,regsub("\x01","%",g)
        """;

    private const string WithoutDots = """regsub("/(?:[.](?:/|$))++","/",g),regsub("/[.][.]$","/../")""";

    private const string OneUp = """regsub("/(?![.][.]/)(?:[^/%]|%(?!00))*+/[.][.](?=/)","",g)""";

    private const string Unusual = "unusual_path", Decided = "decided";

    private const string Refuse = "deny deny_status 400";

    private const string SetTo = "set-var(txn.path)";

    /// <summary>A NUL is no letter of a path: what a member would make of it nobody knows. A segment with one stays to be found.</summary>
    private const string Refused = "/[.][.]?(?:/|$)|%00";

    private static readonly string Resolved =
        $"{Normalized},{WithoutDots},{string.Join(',', Enumerable.Repeat(OneUp, MostUp))},{SetTo}";

    /// <summary>Whether a rule of the listener asks for paths.</summary>
    public static bool AreAsked(PlannedListener listener) =>
        listener.Rules.Any(rule => rule.Conditions.Any(condition => condition is PlannedCondition.Path));

    /// <summary>Whether a listener is one of the defaults that are named so, if it has no others; plain ones have no rules.</summary>
    public static bool AreFound(PlannedLoadBalancer planned, PlannedListener listener) =>
        planned.Answers.Style != ProxyName.PlainKind && AreAsked(listener);

    /// <summary>The rule that refuses, and finds out what the path of any other is; of one whose path is as it was sent, nothing.</summary>
    public static void WriteRare(ConfigText text) => Write(text, Refuse, "path");

    /// <summary>The same where every request comes to rules that ask for its path.</summary>
    public static void WriteAll(ConfigText text) => Write(text, Refuse, $"path,{SetTo}");

    /// <summary>The same where requests come that another process, or this one, has looked at already: nothing is refused.</summary>
    public static void WriteTakenUp(ConfigText text) => Write(text, "set-var(txn.unusual) bool(true)", $"path,{SetTo}");

    /// <summary>
    /// Where requests go whose path is none of the usual ones, of a listener whose rules see those alone: the lines by which all go where
    /// they go, as rules of the request.
    /// </summary>
    /// <param name="text">What they are added to.</param>
    /// <param name="routes">Lines of <c>use_backend</c> that look at <see cref="Normalized"/>, and one of <c>default_backend</c>.</param>
    public static void WriteRoutes(ConfigText text, ConfigText routes)
    {
        // By names, as a line has at most 64 words.
        text.Line("acl").Word(Unusual).Constant($"{Normalized} -m found");
        text.Line("acl").Word(Decided).Constant("var(txn.away) -m found");
        foreach (var line in routes.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Trim().Split(' ', 3);
            var condition = words.Length > 2 ? $" {words[2][("if ".Length)..]}" : "";
            text.Line("http-request")
                .Constant($"set-var-fmt(txn.away) {words[1]} if {Unusual} !{Decided}{condition}");
        }
    }

    private static void Write(ConfigText text, string action, string path) => text.Line("http-request").Constant(
        $"{action} if {{ {path} -m reg '{Rare}' }} {{ '{Decoded},{SetTo}' -m reg '/[.]|%00' }} {{ '{Resolved}' -m reg '{Refused}' }}");
}
