using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Status;

/// <summary>Conditions in words.</summary>
internal static class ConditionWords
{
    /// <summary>What a condition asks, as the end of a sentence.</summary>
    public static string Of(RuleCondition condition) => condition.Field switch
    {
        ConditionField.HostHeader => $"the host matches {Any(condition)}",
        ConditionField.PathPattern => $"the path matches {Any(condition)}",
        ConditionField.HttpHeader => $"a header {condition.HttpHeaderName} matches {Any(condition)}",
        ConditionField.HttpRequestMethod => $"the method is {Any(condition)}",
        ConditionField.QueryString =>
            "the query has "
                + string.Join(" or ", condition.Pairs.Select(pair => $"'{(pair.Key is { } key ? $"{key}=" : "")}{pair.Value}'")),
        _ => $"the client's address is in {Any(condition)}",
    };

    /// <summary>What a request has of that, as the end of a sentence.</summary>
    public static string Sent(RuleCondition condition, ComparedRequest request) => condition.Field switch
    {
        ConditionField.HostHeader => $"the host is '{request.Host}'",
        ConditionField.PathPattern => NormalizedPath.Of(request.Path) is { } path && path != request.Path
            ? $"the path '{request.Path}' is looked at as '{path}'"
            : $"the path is '{request.Path}'",
        ConditionField.HttpHeader => Header(request, condition.HttpHeaderName!),
        ConditionField.HttpRequestMethod => $"the method is '{request.Method}'",
        ConditionField.QueryString => request.Query.Length > 0 ? $"the query is '{request.Query}'" : "there is no query",
        _ => $"the client's address is {request.Source}",
    };

    private static string Pair(QueryPair pair) => $"'{(pair.Key is { } key ? $"{key}=" : "")}{pair.Value}'";

    private static string Header(ComparedRequest request, string name)
    {
        var values = request.Headers
            .Where(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase))
            .Select(header => $"'{header.Value}'")
            .ToList();
        return values.Count > 0 ? $"it is {string.Join(", ", values)}" : "there is none";
    }

    private static string Any(RuleCondition condition) => string.Join(
        " or ", condition.Values.Select(value => $"'{value}'").Concat(condition.RegexValues.Select(value => $"the expression '{value}'")));
}
