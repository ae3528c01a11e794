using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Applied;

/// <summary>Rules and actions from the plan to what is written, and back.</summary>
internal static class AppliedRuleMapping
{
    public static AppliedRule ToApplied(this PlannedRule rule) =>
        new(rule.Priority, [.. rule.Conditions.Select(ToApplied)], rule.Action.ToApplied())
        {
            Rewrites = rule.Rewrites.Count == 0 ? null
                : [.. rule.Rewrites.Select(each => new AppliedRewrite(each.Part == RewrittenPart.Host, each.Expression, each.Replacement))],
        };

    public static PlannedRule ToPlan(this AppliedRule rule) =>
        new(rule.Priority, rule.Conditions.Select(ToPlan).ToEquatableArray(), rule.Action.ToPlan(), Rewrites(rule.Rewrites ?? []));

    public static AppliedAction ToApplied(this PlannedAction action) => Taken(action) with { Gate = action.Gate?.ToApplied() };

    public static PlannedAction ToPlan(this AppliedAction action) => Taken(action) with { Gate = action.Gate?.ToPlan() };

    private static AppliedAction Taken(PlannedAction action) => action switch
    {
        PlannedAction.Forward(var pools, var sticky) forward => new()
        {
            Pools = [.. pools.Select(pool => new AppliedShare(pool.Pool, pool.Weight))],
            Stickiness = sticky is var (key, cookie, second, seconds) ? new(key, cookie, second, seconds) : null,
            IsBySource = forward.IsBySource,
        },
        PlannedAction.Redirect(var status, var protocol, var host, var port, var path, var query) =>
            new() { Redirect = new(status, protocol, host, port, path, query) },
        PlannedAction.FixedResponse(var status, var type, var body) => new() { FixedResponse = new(status, type, body) },
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "Not an action of this version."),
    };

    private static PlannedAction Taken(AppliedAction action) => action switch
    {
        { Pools: { } pools } => new PlannedAction.Forward(
            pools.Select(pool => new WeightedPool(pool.Pool, pool.Weight)).ToEquatableArray(),
            action.Stickiness is var (key, cookie, second, seconds) ? new(key, cookie, second, seconds) : null)
        {
            IsBySource = action.IsBySource,
        },
        { Redirect: { } to } => new PlannedAction.Redirect(to.Status, to.Protocol, to.Host, to.Port, to.Path, to.Query),
        { FixedResponse: { } answer } => new PlannedAction.FixedResponse(answer.Status, answer.ContentType, answer.Body),
        _ => throw new ArgumentException("An action does nothing.", nameof(action)),
    };

    private static AppliedCondition ToApplied(PlannedCondition condition) => condition switch
    {
        PlannedCondition.Host(var patterns) => new(AppliedField.Host, Texts(patterns)) { AreExpressions = AreExpressions(patterns) },
        PlannedCondition.Path(var patterns) => new(AppliedField.Path, Texts(patterns)) { AreExpressions = AreExpressions(patterns) },
        PlannedCondition.Header(var name, var patterns) =>
            new(AppliedField.Header, Texts(patterns)) { Name = name, AreExpressions = AreExpressions(patterns) },
        PlannedCondition.Method(var methods) => new(AppliedField.Method, [.. methods]),
        PlannedCondition.Query(var pairs) =>
            new(AppliedField.Query, [.. pairs.Select(pair => pair.Value)]) { Keys = [.. pairs.Select(pair => pair.Key ?? "")] },
        PlannedCondition.Source(var networks) => new(AppliedField.Source, [.. networks]),
        _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, "Not a condition of this version."),
    };

    private static PlannedCondition ToPlan(AppliedCondition condition) => condition.Field switch
    {
        AppliedField.Host => new PlannedCondition.Host(Patterns(condition)),
        AppliedField.Path => new PlannedCondition.Path(Patterns(condition)),
        AppliedField.Header => new PlannedCondition.Header(condition.Name ?? "", Patterns(condition)),
        AppliedField.Method => new PlannedCondition.Method(condition.Values.ToEquatableArray()),
        AppliedField.Query => new PlannedCondition.Query(
            condition.Values.Zip(condition.Keys ?? [], (value, key) => new PlannedQueryPair(key.Length > 0 ? key : null, value))
                .ToEquatableArray()),
        AppliedField.Source => new PlannedCondition.Source(condition.Values.ToEquatableArray()),
        _ => throw new ArgumentException("A condition is about nothing that is known.", nameof(condition)),
    };

    private static string[] Texts(EquatableArray<PlannedPattern> patterns) => [.. patterns.Select(pattern => pattern.Text)];

    private static bool AreExpressions(EquatableArray<PlannedPattern> patterns) => patterns.Any(pattern => pattern.IsExpression);

    private static EquatableArray<PlannedPattern> Patterns(AppliedCondition condition) =>
        condition.Values.Select(text => new PlannedPattern(text, condition.AreExpressions)).ToEquatableArray();

    private static EquatableArray<PlannedRewrite> Rewrites(AppliedRewrite[] rewrites) => rewrites
        .Select(each => new PlannedRewrite(
            each.IsOfHost ? RewrittenPart.Host : RewrittenPart.PathAndQuery, each.Expression, each.Replacement))
        .ToEquatableArray();
}
