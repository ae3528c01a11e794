using System.Text.Json.Nodes;

namespace CloudLb.Cli.Migration.Planning;

/// <summary>What has to be called so that a server has what the source has, and what cannot be had or will be otherwise.</summary>
internal sealed class MigrationPlan
{
    private readonly List<Step> _steps = [];
    private readonly List<string> _notes = [];
    private readonly List<string> _missing = [];

    /// <summary>In the order in which they can be called.</summary>
    public IReadOnlyList<Step> Steps => _steps;

    /// <summary>What will differ, in sentences.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>What will not be made until somebody does something, in sentences.</summary>
    public IReadOnlyList<string> Missing => _missing;

    /// <summary>The source's ARNs of what is here already, or is known under another ARN.</summary>
    public Dictionary<string, string> Here { get; } = new(StringComparer.Ordinal);

    public void Note(string text) => AddOnce(_notes, text);

    public void Miss(string text) => AddOnce(_missing, text);

    public void Add(ApiService service, string action, JsonObject members, string text, string? makes = null)
    {
        if (Make(service, action, members, text) is { } step)
        {
            _steps.Add(step with { Makes = makes });
        }
    }

    /// <summary>A call with a list, of which each item may be asked for alone.</summary>
    public void AddList(ApiService service, string action, JsonObject members, string list, string subject)
    {
        var items = members[list] is JsonArray all ? string.Join(", ", all.Select(Step.ItemText)) : "";
        if (Make(service, action, members, $"{subject}: {items}") is { } step)
        {
            _steps.Add(step with { Subject = subject, Divisible = list });
        }
    }

    /// <summary>The same without some of its steps.</summary>
    public MigrationPlan Without(Func<Step, bool> isLeftOut)
    {
        var plan = new MigrationPlan();
        plan._steps.AddRange(_steps.Where(step => !isLeftOut(step)));
        foreach (var (arn, here) in Here)
        {
            plan.Here[arn] = here;
        }

        return plan;
    }

    private Step? Make(ApiService service, string action, JsonObject members, string text)
    {
        try
        {
            return Step.Of(service, action, members, text);
        }
        catch (RefusedException exception)
        {
            Miss($"{text}: the description cannot be read: {exception.Message}");
            return null;
        }
    }

    private static void AddOnce(List<string> list, string text)
    {
        if (!list.Contains(text))
        {
            list.Add(text);
        }
    }
}
