using System.Text.Json.Nodes;
using CloudLb.Cli.Migration.Reading;

namespace CloudLb.Cli.Migration.Planning;

/// <summary>
/// Compares what a source has with what there is, and lists the calls that add what is missing. Nothing is ever taken away, and what is
/// made once (listeners, rules, target groups) is not changed after.
/// </summary>
internal static class Planner
{
    public static MigrationPlan Plan(Estate source, Estate current, Surroundings surroundings)
    {
        var plan = new MigrationPlan();
        foreach (var loadBalancer in source.Classic)
        {
            new ClassicSteps(plan, loadBalancer, current.FindClassic(loadBalancer.Name), surroundings).Add();
        }

        new V2Steps(plan, source, current, surroundings).Add();
        return plan;
    }

    /// <summary>The tags that have to be added; those that AWS itself has set are not the user's.</summary>
    public static List<JsonObject> Tags(IEnumerable<JsonObject> source, IEnumerable<JsonObject>? current)
    {
        var known = (current ?? []).Select(Wire.Canonical).ToHashSet();
        return
        [
            .. source.Where(tag => Wire.Text(tag, "Key")?.StartsWith("aws:", StringComparison.OrdinalIgnoreCase) == false)
                .Where(tag => !known.Contains(Wire.Canonical(tag))),
        ];
    }
}
