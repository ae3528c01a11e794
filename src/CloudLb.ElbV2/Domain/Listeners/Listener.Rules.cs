using CloudLb.Core;

namespace CloudLb.ElbV2.Domain;

public sealed partial record Listener
{
    /// <summary>
    /// How often the regular expressions of all rules may look at each letter of a request: HAProxy's thread answers nobody else meanwhile,
    /// 50 ms for 60 KB of a header (2.6.12). So five of a word, or more that stand at the start, can be in each of 100 rules.
    /// </summary>
    private const int MostLooks = 1000;

    /// <summary>In the order of their priorities, the default rule not among them.</summary>
    public EquatableArray<Rule> Rules { get; init; }

    /// <summary>With a rule more, whose priority no other may have.</summary>
    public Listener WithRule(Rule added) => Rules.Any(rule => rule.Priority == added.Priority)
        ? throw PriorityInUse(added.Priority)
        : WithRules(Sorted(Rules.Append(added)));

    /// <summary>
    /// With what <paramref name="change"/> makes of one of its rules; the default rule is changed with its listener alone.
    /// </summary>
    public Listener WithChangedRule(Arn arn, Func<Rule, Rule> change)
    {
        if (arn == DefaultRule)
        {
            throw Errors.OperationNotPermitted.Because($"Default rule '{arn}' cannot be modified");
        }

        Get(arn);
        return WithRules(Rules.Select(rule => rule.Arn == arn ? change(rule) : rule).ToEquatableArray());
    }

    public Listener WithoutRule(Arn arn)
    {
        if (arn == DefaultRule)
        {
            throw Errors.OperationNotPermitted.Because($"Default rule '{arn}' cannot be deleted");
        }

        Get(arn);
        return this with { Rules = Rules.Where(rule => rule.Arn != arn).ToEquatableArray() };
    }

    /// <summary>With other priorities for some of its rules, all at once, so that two can change places.</summary>
    public Listener WithPriorities(IReadOnlyDictionary<Arn, int> priorities)
    {
        if (priorities.ContainsKey(DefaultRule))
        {
            throw Errors.OperationNotPermitted.Because($"Default rule '{DefaultRule}' cannot be modified");
        }

        foreach (var arn in priorities.Keys)
        {
            Get(arn);
        }

        var next = Rules.Select(rule => rule with { Priority = priorities.GetValueOrDefault(rule.Arn, rule.Priority) }).ToList();
        return next.GroupBy(rule => rule.Priority).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw PriorityInUse(twice.Key)
            : this with { Rules = Sorted(next) };
    }

    /// <summary>The rule, which is not the default one; AWS's error when there is none.</summary>
    public Rule Get(Arn arn) => Rules.FirstOrDefault(rule => rule.Arn == arn)
        ?? throw Errors.RuleNotFound.Because("One or more rules not found");

    private Listener WithRules(EquatableArray<Rule> rules)
    {
        var looks = LooksOf(rules);
        return looks <= MostLooks || looks <= LooksOf(Rules)
            ? this with { Rules = rules }
            : throw Errors.InvalidConfigurationRequest.Because(
                $"The regular expressions of the rules of listener '{Arn}' would take {looks} looks at each letter of a " +
                $"request. More than {MostLooks} are not supported; one that begins with '^' and text takes a single one");
    }

    private static int LooksOf(EquatableArray<Rule> rules) =>
        rules.Sum(rule => rule.Conditions.Sum(each => each.Looks));

    private static EquatableArray<Rule> Sorted(IEnumerable<Rule> rules) => rules.OrderBy(rule => rule.Priority).ToEquatableArray();

    private static ServiceException PriorityInUse(int priority) =>
        Errors.PriorityInUse.Because($"Priority '{priority}' is currently in use");
}
