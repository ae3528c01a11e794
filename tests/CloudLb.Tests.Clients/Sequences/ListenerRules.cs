using System.Globalization;
using System.Xml.Linq;

namespace CloudLb.Tests.Clients.Sequences;

/// <summary>
/// The rules of one listener as the AWS Load Balancer Controller has them: those that must go are moved out of the way in one call, the
/// others are changed where they are, what is missing is made, and only then the first are deleted.
/// </summary>
internal sealed class ListenerRules(ControllerResources resources, string listener)
{
    /// <summary>The last priority that there is.</summary>
    private const int Farthest = 50_000;

    public async Task EnsureAsync(
        KubernetesIngress ingress, IReadOnlyDictionary<string, string> groups, IReadOnlyList<KeyValuePair<string, string>> tags)
    {
        var described = (await CallAsync("DescribeRules", new { ListenerArn = listener })).Items("Rules");
        var there = described.Where(rule => rule.Text("IsDefault") != "true")
            .ToDictionary(rule => int.Parse(rule.Need("Priority").Value, CultureInfo.InvariantCulture));
        if (there.Count > 0)
        {
            await CallAsync("DescribeTags", new { ResourceArns = there.Values.Select(rule => rule.Need("RuleArn").Value) });
        }

        var gone = there.Where(rule => rule.Key > ingress.Rules.Count).Select(rule => rule.Value.Need("RuleArn").Value).ToList();
        if (gone.Count > 0)
        {
            await CallAsync("SetRulePriorities", new
            {
                RulePriorities = gone.Select((arn, index) => new { Priority = $"{Farthest - index}", RuleArn = arn }),
            });
        }

        foreach (var (index, rule) in ingress.Rules.Index())
        {
            if (!there.TryGetValue(index + 1, out var found))
            {
                await CallAsync("CreateRule", new
                {
                    Actions = Actions(groups[rule.Service]), Conditions = Conditions(rule), ListenerArn = listener,
                    Priority = $"{index + 1}", Tags = tags,
                });
            }
            else if (Said(found) != Said(rule, groups[rule.Service]))
            {
                await CallAsync("ModifyRule", new
                {
                    Actions = Actions(groups[rule.Service]), Conditions = Conditions(rule), RuleArn = found.Need("RuleArn").Value,
                });
            }
        }

        foreach (var arn in gone)
        {
            await CallAsync("DeleteRule", new { RuleArn = arn });
        }
    }

    private static object[] Actions(string group) =>
    [
        new { ForwardConfig = new { TargetGroups = new[] { new { TargetGroupArn = group } } }, Type = "forward" },
    ];

    private static object[] Conditions((string? Host, string? Path, string Service) rule) =>
    [
        .. rule.Host is null ? [] : new object[] { new { Field = "host-header", HostHeaderConfig = new { Values = new[] { rule.Host } } } },
        .. rule.Path is null
            ? []
            : new object[] { new { Field = "path-pattern", PathPatternConfig = new { Values = new[] { rule.Path } } } },
    ];

    private static string Said((string? Host, string? Path, string Service) rule, string group) => $"{rule.Host} {rule.Path} {group}";

    /// <summary>The same of what is answered, which the controller compares member by member.</summary>
    private static string Said(XElement rule)
    {
        var conditions = rule.Items("Conditions").ToDictionary(condition => condition.Need("Field").Value);
        var action = Assert.Single(rule.Items("Actions"));
        Assert.Equal("forward", action.Text("Type"));
        var group = Assert.Single(action.Need("ForwardConfig").Items("TargetGroups")).Need("TargetGroupArn").Value;
        return $"{ValueOf("host-header", "HostHeaderConfig")} {ValueOf("path-pattern", "PathPatternConfig")} {group}";

        string? ValueOf(string field, string config) => conditions.GetValueOrDefault(field) is { } condition
            ? Assert.Single(condition.Need(config).Items("Values")).Value
            : null;
    }

    private Task<XElement> CallAsync(string action, object parameters) => resources.CallAsync(action, parameters);
}
