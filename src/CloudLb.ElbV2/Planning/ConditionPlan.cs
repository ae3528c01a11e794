using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Planning;

/// <summary>Conditions in the plan's words.</summary>
internal static class ConditionPlan
{
    public static PlannedRule Of(Rule rule, LoadBalancer loadBalancer, GatePlan gates) =>
        new(rule.Priority, rule.Conditions.Select(Of).ToEquatableArray(), ActionPlan.Of(rule.Actions, loadBalancer, rule.Arn, gates),
            rule.Transforms.Select(each => new PlannedRewrite(
                each.IsOfHost ? RewrittenPart.Host : RewrittenPart.PathAndQuery, each.Regex, each.Replace)).ToEquatableArray());

    private static PlannedCondition Of(RuleCondition condition) => condition.Field switch
    {
        ConditionField.HostHeader => new PlannedCondition.Host(Patterns(condition)),
        ConditionField.PathPattern => new PlannedCondition.Path(Patterns(condition)),
        ConditionField.HttpHeader => new PlannedCondition.Header(condition.HttpHeaderName!, Patterns(condition)),
        ConditionField.HttpRequestMethod => new PlannedCondition.Method(condition.Values),
        ConditionField.QueryString => new PlannedCondition.Query(
            condition.Pairs.Select(pair => new PlannedQueryPair(pair.Key, pair.Value)).ToEquatableArray()),
        _ => new PlannedCondition.Source(condition.Values),
    };

    private static EquatableArray<PlannedPattern> Patterns(RuleCondition condition) =>
        condition.Values.Select(value => new PlannedPattern(value))
            .Concat(condition.RegexValues.Select(value => new PlannedPattern(value, IsExpression: true)))
            .ToEquatableArray();
}
