using CloudLb.Core;
using CloudLb.Core.KeySets;
using CloudLb.Core.Traffic.Told;
using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Status;

/// <summary>Why a request would meet the rule that it would meet, and what that does, in sentences.</summary>
internal static class RouteReasons
{
    /// <param name="listeners">The load balancer's.</param>
    /// <param name="told">The request.</param>
    /// <param name="share">What is told of a group that an action names.</param>
    /// <param name="keys">What is known of the keys of tokens.</param>
    public static ToldRoute Follow(
        IReadOnlyList<Listener> listeners, ToldRequest told, Func<WeightedTargetGroup, ToldShare> share,
        Func<JwtValidationAction, KeySet> keys)
    {
        if (listeners.FirstOrDefault(each => each.Port == told.Port) is not { } listener)
        {
            var ports = string.Join(", ", listeners.Select(each => each.Port));
            return Nowhere(
                $"No listener takes the request: the load balancer has none on port {told.Port}" +
                (ports.Length > 0 ? $", and has {ports}." : "."));
        }

        if (listener.LoadBalancerType == LoadBalancerType.Application && told.IsSecure != listener.Protocol is Protocol.HTTPS)
        {
            return Nowhere($"The listener on port {listener.Port} would not understand the request: it speaks {listener.Protocol}.");
        }

        var request = Compared(told);
        if (RuleEvaluation.Refuses(listener, request))
        {
            return Nowhere(
                $"The listener on port {listener.Port} refuses the request (400): its rules ask for paths, and '{told.Path}' has a NUL, " +
                "or leads above the root or up through more than eight segments in a row.");
        }

        var rule = RuleEvaluation.Decide(listener, request);
        var actions = rule?.Actions ?? listener.DefaultActions;
        var route = ActionReasons.Of(
            actions[actions.Count - 1], listener.Protocol, rule is { Transforms.Count: > 0 } ? null : told, share);
        var name = rule is null ? "default" : $"{rule.Priority}";
        return route with
        {
            Rule = name,
            RuleId = (rule?.Arn ?? listener.DefaultRule).ToString(),
            Summary = $"The request meets {(rule is null ? "the default rule" : $"rule {name}")} of the listener on port " +
                $"{listener.Port}, which {route.Summary}",
            Reasons =
            [
                .. GateReasons.Of(listener.Tls?.MutualAuthentication) is { } certificates ? [certificates] : Array.Empty<string>(),
                .. listener.Rules.TakeWhile(each => each != rule).Select(each => Missed(each, request)),
                rule is null ? "No rule's conditions hold, so the default rule decides." : Met(rule),
                .. actions.OfType<JwtValidationAction>().Select(action => GateReasons.Of(action, keys(action))),
                .. actions.OfType<AuthenticateOidcAction>().Select(GateReasons.Of),
                .. rule?.Transforms.Select(Rewritten) ?? [],
                .. route.Reasons,
            ],
        };
    }

    private static ToldRoute Nowhere(string summary) => new() { IsAnswered = false, Rule = null, Summary = summary, Reasons = [] };

    private static ComparedRequest Compared(ToldRequest told) => new()
    {
        Method = told.Method,
        Host = told.Host,
        Path = told.Path,
        Query = told.Query,
        Headers = told.Headers,
        Source = told.Source,
    };

    private static string Rewritten(RuleTransform transform) =>
        $"Then '{transform.Replace}' takes the place of '{transform.Regex}' in the {(transform.IsOfHost ? "host" : "URL")}.";

    private static string Met(Rule rule) => rule.Conditions.Count == 0
        ? $"Rule {rule.Priority} has no conditions."
        : $"Rule {rule.Priority} decides: {string.Join(", and ", rule.Conditions.Select(ConditionWords.Of))}.";

    private static string Missed(Rule rule, ComparedRequest request)
    {
        var condition = rule.Conditions.First(each => !RuleEvaluation.Meets(each, request));
        return $"Rule {rule.Priority} is passed over: it asks that {ConditionWords.Of(condition)}, and " +
            $"{ConditionWords.Sent(condition, request)}.";
    }
}
