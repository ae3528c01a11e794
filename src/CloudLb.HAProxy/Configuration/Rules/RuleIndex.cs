using System.Globalization;
using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// Rules that come one after the other and ask for hosts and paths alone. They are found by a look into a map, which takes as long for a
/// hundred as for four; as lines each is looked at until one is met.
/// </summary>
/// <remarks>
/// HAProxy takes the longest key that a request begins with, not the first (2.6.12). So the value of a key is that of the first rule that
/// is met by what begins with it. A whole path is a key with a question mark at its end, which no request has in its path. Where hosts are
/// asked for, the keys begin with one and a colon, which is never in what is looked at of the host that a client sends: none is taken for
/// a part of a path. One look is all there is, so that other rules are in force as a whole when the map is another one.
/// </remarks>
/// <param name="Before">A condition that always holds and has to be looked at before, with a blank after it; or nothing.</param>
/// <param name="Lookup">An expression; without a value where none of the rules is met.</param>
/// <param name="Map">What it looks into.</param>
/// <param name="Rules">What can be found.</param>
internal sealed record RuleIndex(string Before, string Lookup, RuleMap Map, IReadOnlyList<PlannedRule> Rules)
{
    /// <summary>Of fewer the lines cost less.</summary>
    public const int Fewest = 4;

    /// <summary>Parts the rules of a listener, in their order, into those that are found by an index and those of lines.</summary>
    /// <param name="loadBalancer">Whose listener it is.</param>
    /// <param name="listener">The listener.</param>
    /// <param name="isHeld">Whether a rule may be in an index, as far as what it does is concerned.</param>
    /// <param name="value">What is found: a name or a number.</param>
    /// <param name="isNumber">Which of the two.</param>
    /// <param name="path">Where the path is found: <see cref="PathLines.Sent"/> or <see cref="PathLines.Normalized"/>.</param>
    /// <returns>Either an index or a rule.</returns>
    public static IEnumerable<(RuleIndex? Index, PlannedRule? Rule)> Runs(
        LoadBalancerId loadBalancer, PlannedListener listener, Func<PlannedRule, bool> isHeld, Func<PlannedRule, string> value,
        bool isNumber, string path)
    {
        var converter = isNumber ? "map_beg_int" : "map_beg";
        var indexes = 0;
        var run = new List<PlannedRule>();
        foreach (var rule in listener.Rules)
        {
            var canBeHeld = HasKeys(rule) && isHeld(rule);
            if (run.Count > 0 && (!canBeHeld || AsksForHosts(rule) != AsksForHosts(run[0])))
            {
                foreach (var part in Ended(run))
                {
                    yield return part;
                }

                run = [];
            }

            if (canBeHeld)
            {
                run.Add(rule);
            }
            else
            {
                yield return (null, rule);
            }
        }

        foreach (var part in Ended(run))
        {
            yield return part;
        }

        IEnumerable<(RuleIndex? Index, PlannedRule? Rule)> Ended(List<PlannedRule> ended) => ended.Count < Fewest
            ? ended.Select(each => ((RuleIndex?)null, (PlannedRule?)each))
            : [(Of(Map, ended, value, converter, path), null)];

        RuleMap Map(EquatableArray<KeyValuePair<string, string>> entries) =>
            new(ProxyName.OfListener(loadBalancer, listener.Port), Text(indexes++), entries);
    }

    /// <summary>The map by which a listener's sections are found, of rules whose numbers are known.</summary>
    public static RuleMap SectionsOf(
        LoadBalancerId loadBalancer, PlannedListener listener, IEnumerable<PlannedRule> rules, Func<PlannedRule, string> section) =>
        new(
            ProxyName.OfListener(loadBalancer, listener.Port),
            RuleMap.Sections,
            [.. rules.Select(rule => new KeyValuePair<string, string>(Text(rule.Priority), Name.Checked(section(rule))))]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static RuleIndex Of(
        Func<EquatableArray<KeyValuePair<string, string>>, RuleMap> map, List<PlannedRule> rules, Func<PlannedRule, string> value,
        string converter, string path)
    {
        if (!AsksForHosts(rules[0]))
        {
            var paths = map([.. Entries("", rules, value)]);
            return new("", $"{path},concat(?),{converter}({paths.Name})", paths, rules);
        }

        // A host with a colon is none that anybody asks for.
        var hosts = rules.SelectMany(Hosts).Distinct().Where(host => !host.Contains(':'));
        var both = map(
            [.. hosts.SelectMany(host => Entries($"{host}:", [.. rules.Where(rule => Hosts(rule).Contains(host))], value))]);
        return new(
            path == PathLines.Sent ? "!{ path,set-var(txn.path) -m str -- ? } " : "",
            $"req.fhdr(host,1),field(1,:),lower,concat(:,txn.path,?),{converter}({both.Name})",
            both,
            rules);
    }

    private static IEnumerable<KeyValuePair<string, string>> Entries(
        string before, List<PlannedRule> rules, Func<PlannedRule, string> value)
    {
        var keys = rules.SelectMany(rule => Keys(rule).Select(key => (Key: key, Rule: rule))).ToList();
        return keys.Select(each => each.Key).Distinct().Select(key => new KeyValuePair<string, string>(
            before + key, Name.Checked(value(keys.First(first => IsMetBy(first.Key, key)).Rule))));
    }

    // What begins with a whole path's key is that path alone.
    private static bool IsMetBy(string of, string key) => key.StartsWith(of, StringComparison.Ordinal);

    private static bool HasKeys(PlannedRule rule) =>
        rule.Conditions.Count > 0
        && rule.Conditions.Select(condition => condition.GetType()).Distinct().Count() == rule.Conditions.Count
        && rule.Conditions.All(condition => condition switch
        {
            PlannedCondition.Host(var patterns) => patterns.All(pattern => IsKey(pattern, pattern.Text)),
            PlannedCondition.Path(var patterns) => patterns.All(
                pattern => IsKey(pattern, pattern.Text.EndsWith('*') ? pattern.Text[..^1] : pattern.Text)),
            _ => false,
        });

    private static bool IsKey(PlannedPattern pattern, string text) =>
        !pattern.IsExpression && text.Length > 0
        && text.All(letter => letter is > ' ' and <= '~' and not '*' and not '?' and not '#' and not '\\');

    private static bool AsksForHosts(PlannedRule rule) => rule.Conditions.Any(condition => condition is PlannedCondition.Host);

    private static IEnumerable<string> Hosts(PlannedRule rule) => rule.Conditions.OfType<PlannedCondition.Host>()
        .SelectMany(condition => condition.Patterns.Select(pattern => pattern.Text.ToLowerInvariant()));

    private static IEnumerable<string> Keys(PlannedRule rule) =>
        rule.Conditions.OfType<PlannedCondition.Path>().FirstOrDefault() is { } path
        ? path.Patterns.Select(pattern => pattern.Text.EndsWith('*') ? pattern.Text[..^1] : $"{pattern.Text}?")
        : [""];
}
