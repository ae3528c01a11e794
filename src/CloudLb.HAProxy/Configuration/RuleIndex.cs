using System.Security.Cryptography;
using System.Text;
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
/// asked for, another map has a number for each, and the keys begin with that and a colon: whatever a client sends as its host is not
/// taken for a part of a path.
/// </remarks>
/// <param name="Before">A condition that always holds and has to be looked at before, with a blank after it; or nothing.</param>
/// <param name="Lookup">An expression; without a value where none of the rules is met.</param>
/// <param name="Maps">What it looks into.</param>
/// <param name="Rules">What can be found.</param>
internal sealed record RuleIndex(string Before, string Lookup, IReadOnlyList<RuleMap> Maps, IReadOnlyList<PlannedRule> Rules)
{
    /// <summary>The directory of the maps, below that of the configuration.</summary>
    public const string Directory = "rules";

    /// <summary>Of fewer the lines cost less.</summary>
    public const int Fewest = 4;

    /// <summary>Parts the rules of a listener, in their order, into those that are found by an index and those of lines.</summary>
    /// <param name="rules">The rules, by their priorities.</param>
    /// <param name="isHeld">Whether a rule may be in an index, as far as what it does is concerned.</param>
    /// <param name="value">What is found: a name or a number.</param>
    /// <param name="isNumber">Which of the two.</param>
    /// <returns>Either an index or a rule.</returns>
    public static IEnumerable<(RuleIndex? Index, PlannedRule? Rule)> Runs(
        IEnumerable<PlannedRule> rules, Func<PlannedRule, bool> isHeld, Func<PlannedRule, string> value, bool isNumber)
    {
        var run = new List<PlannedRule>();
        foreach (var rule in rules)
        {
            var canBeHeld = HasKeys(rule) && isHeld(rule);
            if (run.Count > 0 && (!canBeHeld || AsksForHosts(rule) != AsksForHosts(run[0])))
            {
                foreach (var part in Ended(run, value, isNumber))
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

        foreach (var part in Ended(run, value, isNumber))
        {
            yield return part;
        }
    }

    /// <summary>A map of these lines.</summary>
    public static RuleMap MapOf(IEnumerable<string> lines)
    {
        var text = string.Concat(lines.Select(line => line + "\n"));
        return new($"{Directory}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32]}.map", text);
    }

    private static IEnumerable<(RuleIndex? Index, PlannedRule? Rule)> Ended(
        List<PlannedRule> run, Func<PlannedRule, string> value, bool isNumber) => run.Count < Fewest
        ? run.Select(rule => ((RuleIndex?)null, (PlannedRule?)rule))
        : [(Of(run, value, isNumber ? "map_beg_int" : "map_beg"), null)];

    private static RuleIndex Of(List<PlannedRule> rules, Func<PlannedRule, string> value, string converter)
    {
        if (!AsksForHosts(rules[0]))
        {
            var map = MapOf(Lines("", rules, value));
            return new("", $"path,concat(?),{converter}({map.Name})", [map], rules);
        }

        var hosts = rules.SelectMany(Hosts).Distinct().ToList();
        var numbers = MapOf(hosts.Select((host, number) => $"{host} {number}"));
        var paths = MapOf(hosts.SelectMany(
            (host, number) => Lines($"{number}:", [.. rules.Where(rule => Hosts(rule).Contains(host))], value)));
        return new(
            "!{ path,set-var(txn.path) -m str -- ? } ",
            $"req.fhdr(host,1),field(1,:),lower,map_str({numbers.Name}),concat(:,txn.path,?),{converter}({paths.Name})",
            [numbers, paths],
            rules);
    }

    private static IEnumerable<string> Lines(string before, List<PlannedRule> rules, Func<PlannedRule, string> value)
    {
        var keys = rules.SelectMany(rule => Keys(rule).Select(key => (Key: key, Rule: rule))).ToList();
        return keys.Select(each => each.Key).Distinct().Select(
            key => $"{before}{key} {Name.Checked(value(keys.First(first => IsMetBy(first.Key, key)).Rule))}");
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
        !pattern.IsExpression && text.Length > 0 && text.All(letter => letter is > ' ' and <= '~' and not '*' and not '?' and not '#');

    private static bool AsksForHosts(PlannedRule rule) => rule.Conditions.Any(condition => condition is PlannedCondition.Host);

    private static IEnumerable<string> Hosts(PlannedRule rule) => rule.Conditions.OfType<PlannedCondition.Host>()
        .SelectMany(condition => condition.Patterns.Select(pattern => pattern.Text.ToLowerInvariant()));

    private static IEnumerable<string> Keys(PlannedRule rule) =>
        rule.Conditions.OfType<PlannedCondition.Path>().FirstOrDefault() is { } path
        ? path.Patterns.Select(pattern => pattern.Text.EndsWith('*') ? pattern.Text[..^1] : $"{pattern.Text}?")
        : [""];
}
