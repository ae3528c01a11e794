using System.Globalization;
using System.Text;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// Rules that rewrite requests. Which rule a request meets is found out once, of the request as it came, and kept: what it is rewritten to
/// is another rule's condition no more. Redirects and pools see what it has become.
/// </summary>
/// <remarks>
/// A request that another process or the same one takes up again (<see cref="PassOnSections"/>) is rewritten there alone. All but letters
/// and digits is written by number, so that the quotation marks around it are the only ones.
/// </remarks>
internal static class RewriteLines
{
    private const int MostGroups = 9;

    /// <summary>Whether a listener has such rules.</summary>
    public static bool AreIn(PlannedListener listener) => listener.Rules.Any(rule => rule.Rewrites.Count > 0);

    /// <summary>
    /// Whether it is found out once which rule a request meets: for rewriting it, for asking it to show something, or for a log that is
    /// to tell.
    /// </summary>
    public static bool AreDecided(PlannedLoadBalancer planned, PlannedListener listener) =>
        AreIn(listener) || GateLines.AreIn(listener) || (listener.Rules.Count > 0 && LogSections.TellsDecisions(planned));

    /// <summary>What a later line asks to know that a rule was met.</summary>
    public static string IsMet(PlannedRule rule) => $"{{ var(txn.rule) -m int {NumberOf(rule)} }}";

    /// <summary>The lines of a listener.</summary>
    public static void WriteListener(ConfigText text, PlannedLoadBalancer planned, PlannedListener listener, ISet<RuleMap> maps) =>
        Write(text, planned, listener, PassOnSections.IsAway, "", maps);

    /// <summary>The same where requests of all listeners come.</summary>
    public static void WritePassedOn(
        ConfigText text, PlannedLoadBalancer planned, PlannedListener listener, ISet<RuleMap> maps) =>
        Write(text, planned, listener, "{ stopping }", RuleLines.Guard(planned, listener), maps);

    private static void Write(
        ConfigText text, PlannedLoadBalancer planned, PlannedListener listener, string isElsewhere, string guard, ISet<RuleMap> maps)
    {
        if (!AreDecided(planned, listener))
        {
            return;
        }

        // No rule has this number.
        text.Line("http-request").Constant($"set-var(txn.rule) int(0) if {isElsewhere}");
        foreach (var (index, rule) in RuleIndex.Runs(
            planned.Id, listener, _ => true, NumberOf, isNumber: true, PathLines.Normalized))
        {
            if (index is not null)
            {
                maps.Add(index.Map);
            }

            var (found, condition) = index is not null
                ? (index.Lookup, index.Before)
                : ($"int({NumberOf(rule!)})", ConditionLines.Of(rule!.Conditions, PathLines.Normalized));
            text.Line("http-request").Constant($"set-var(txn.rule) {found}")
                .Constant($"if !{{ var(txn.rule) -m found }} {guard}{condition}".TrimEnd());
        }

        GateLines.Write(text, listener, guard, LogSections.TellsDecisions(planned));
        var isOurs = SessionLines.AreIn(listener) ? $" {SessionLines.IsNotSignIn}" : "";
        foreach (var rule in listener.Rules)
        {
            foreach (var rewrite in rule.Rewrites)
            {
                Write(text, rewrite, $"{guard}{IsMet(rule)}{isOurs}");
            }
        }
    }

    private static string NumberOf(PlannedRule rule) => rule.Priority.ToString(CultureInfo.InvariantCulture);

    private static void Write(ConfigText text, PlannedRewrite rewrite, string condition)
    {
        var isHost = rewrite.Part == RewrittenPart.Host;
        var expression = Expressions.OfRewrite(rewrite.Expression, ignoresCase: isHost);
        var replaced = $"regsub(\"{expression.Written}\",\"{Replacement(rewrite.Replacement, expression.Groups)}\")";
        if (isHost)
        {
            text.Line("http-request").Constant($"set-var(txn.host) 'req.fhdr(host,1),{replaced}' if {condition}");
            text.Line("http-request")
                .Constant($"deny deny_status 500 if {condition} !{{ var(txn.host) -m reg '^[A-Za-z0-9._:\\[\\]-]+$' }}");
            text.Line("http-request").Constant($"set-header Host %[var(txn.host)] if {condition}");
        }
        else
        {
            text.Line("http-request").Constant($"set-var(txn.pathq) 'pathq,{replaced}' if {condition}");
            text.Line("http-request").Constant($"deny deny_status 500 if {condition} !{{ var(txn.pathq) -m beg / }}");
            text.Line("http-request").Constant($"set-pathq %[var(txn.pathq)] if {condition}");
        }
    }

    /// <summary>With HAProxy's words for the groups.</summary>
    private static string Replacement(string replacement, int groups)
    {
        var text = new StringBuilder();
        for (var index = 0; index < replacement.Length; index++)
        {
            var letter = replacement[index];
            var isGroup = letter == '$' && index + 1 < replacement.Length && char.IsAsciiDigit(replacement[index + 1]);
            if (isGroup && replacement[index + 1] - '0' > Math.Min(groups, MostGroups))
            {
                throw new UnwritableValueException(replacement, "refers to a group that the expression does not have");
            }

            text.Append(letter switch
            {
                '$' when isGroup => $"\\{replacement[++index]}",
                _ when char.IsAsciiLetterOrDigit(letter) => letter.ToString(),
                > ' ' and <= '~' => $"\\x{(int)letter:x2}",
                _ => throw new UnwritableValueException(replacement, "contains a character that no address has"),
            });
        }

        return text.ToString();
    }
}
