using System.Net;
using CloudLb.Core.Expressions;

namespace CloudLb.ElbV2.Domain;

/// <summary>AWS's rules as they are told in its guides: which of a listener's rules a request meets.</summary>
public static class RuleEvaluation
{
    /// <summary>The rule that decides; null for the listener's default actions.</summary>
    public static Rule? Decide(Listener listener, ComparedRequest request)
    {
        foreach (var rule in listener.Rules)
        {
            if (rule.Conditions.All(condition => Meets(condition, request)))
            {
                return rule;
            }
        }

        return null;
    }

    /// <summary>Whether a request is refused, whatever rule it would meet: its path is none, and rules ask for paths.</summary>
    public static bool Refuses(Listener listener, ComparedRequest request) => NormalizedPath.Of(request.Path) is null
        && listener.Rules.Any(rule => rule.Conditions.Any(condition => condition.Field == ConditionField.PathPattern));

    /// <summary>Whether a request meets one condition: any of its values.</summary>
    public static bool Meets(RuleCondition condition, ComparedRequest request) => condition.Field switch
    {
        ConditionField.HostHeader => condition.Values.Any(value => Wildcards.IsMatch(value, HostOf(request), ignoresCase: true))
            || Fits(condition, request.Host),
        ConditionField.PathPattern => NormalizedPath.Of(request.Path) is { } path
            && (condition.Values.Any(value => Wildcards.IsMatch(value, path, ignoresCase: false)) || Fits(condition, path)),
        ConditionField.HttpRequestMethod => condition.Values.Contains(request.Method),
        ConditionField.HttpHeader => request.Headers
            .Where(header => string.Equals(header.Key, condition.HttpHeaderName, StringComparison.OrdinalIgnoreCase))
            .Any(header => condition.Values.Any(value => Wildcards.IsMatch(value, header.Value, ignoresCase: true))
                || Fits(condition, header.Value)),
        ConditionField.QueryString => condition.Pairs.Any(pair => Pairs(request.Query).Any(sent => IsMatch(pair, sent))),
        _ => condition.Values.Any(network => IPNetwork.Parse(network).Contains(request.Source)),
    };

    // Found anywhere in the text; a host's has its port, which wildcards do not see.
    private static bool Fits(RuleCondition condition, string text) => condition.RegexValues.Any(value => LinearExpression
        .OfCondition(value, ignoresCase: condition.Field != ConditionField.PathPattern).Compared.IsMatch(text));

    private static string HostOf(ComparedRequest request)
    {
        var bracket = request.Host.LastIndexOf(']');
        var colon = request.Host.IndexOf(':', bracket < 0 ? 0 : bracket);
        return colon < 0 ? request.Host : request.Host[..colon];
    }

    // A part without an equals sign is a value that has no key.
    private static IEnumerable<(string? Key, string Value)> Pairs(string query) =>
        query.Split('&', query.Length == 0 ? StringSplitOptions.RemoveEmptyEntries : StringSplitOptions.None).Select(
            pair => pair.IndexOf('=') switch
            {
                < 0 => ((string?)null, pair),
                var equals => (pair[..equals], pair[(equals + 1)..]),
            });

    private static bool IsMatch(QueryPair pair, (string? Key, string Value) sent) =>
        (pair.Key is null || (sent.Key is { } key && Wildcards.IsMatch(pair.Key, key, ignoresCase: true, hasEscapes: true)))
            && Wildcards.IsMatch(pair.Value, sent.Value, ignoresCase: true, hasEscapes: true);
}
