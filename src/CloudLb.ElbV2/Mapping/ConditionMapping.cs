using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.ElbV2.Domain;
using Wire = CloudLb.ElbV2.Contracts;

namespace CloudLb.ElbV2.Mapping;

/// <summary>Conditions: by their fields, with AWS's limits over the whole rule.</summary>
internal static class ConditionMapping
{
    private static readonly Dictionary<string, ConditionField> Fields = new()
    {
        ["http-header"] = ConditionField.HttpHeader,
        ["http-request-method"] = ConditionField.HttpRequestMethod,
        ["host-header"] = ConditionField.HostHeader,
        ["query-string"] = ConditionField.QueryString,
        ["path-pattern"] = ConditionField.PathPattern,
        ["source-ip"] = ConditionField.SourceIp,
    };

    public static EquatableArray<RuleCondition> ToDomain(this IReadOnlyList<Wire.RuleCondition> conditions, Quotas quotas)
    {
        if (conditions.Count == 0)
        {
            throw Invalid("A condition must be specified");
        }

        var read = conditions.Select(ToDomain).ToEquatableArray();
        foreach (var same in read.GroupBy(condition => condition.Field))
        {
            if (same.Key is not (ConditionField.HttpHeader or ConditionField.QueryString) && same.Count() > 1)
            {
                throw Invalid($"A rule can only have one '{NameOf(same.Key)}' condition");
            }
        }

        if (read.Sum(
            condition => condition.Values.Count + condition.RegexValues.Count + condition.Pairs.Count) > quotas.ConditionValuesPerRule)
        {
            throw Invalid($"A rule can only have '{quotas.ConditionValuesPerRule}' condition values and regex values");
        }

        return read.Sum(Wildcards) <= quotas.WildcardsPerRule
            ? read
            : throw Invalid($"A rule can only have '{quotas.WildcardsPerRule}' condition wildcards");
    }

    public static Wire.RuleCondition ToWire(RuleCondition condition) =>
        ToWire(condition, Given(condition.Values), Given(condition.RegexValues));

    private static Wire.RuleCondition ToWire(
        RuleCondition condition, IReadOnlyList<string>? values, IReadOnlyList<string>? regexValues) => condition.Field switch
    {
        ConditionField.HostHeader => new()
        {
            Field = "host-header", Values = values, RegexValues = regexValues,
            HostHeaderConfig = new() { Values = values, RegexValues = regexValues },
        },
        ConditionField.PathPattern => new()
        {
            Field = "path-pattern", Values = values, RegexValues = regexValues,
            PathPatternConfig = new() { Values = values, RegexValues = regexValues },
        },
        ConditionField.HttpHeader => new()
        {
            Field = "http-header", RegexValues = regexValues,
            HttpHeaderConfig = new() { HttpHeaderName = condition.HttpHeaderName, Values = values, RegexValues = regexValues },
        },
        ConditionField.HttpRequestMethod => new()
        {
            Field = "http-request-method", HttpRequestMethodConfig = new() { Values = condition.Values },
        },
        ConditionField.QueryString => new()
        {
            Field = "query-string",
            QueryStringConfig = new()
            {
                Values = [.. condition.Pairs.Select(pair => new Wire.QueryStringKeyValuePair { Key = pair.Key, Value = pair.Value })],
            },
        },
        _ => new() { Field = "source-ip", SourceIpConfig = new() { Values = condition.Values } },
    };

    private static RuleCondition ToDomain(Wire.RuleCondition condition)
    {
        if (!Fields.TryGetValue(condition.Field ?? "", out var field))
        {
            throw Invalid(
                $"Condition field '{ResourceNames.Cut(condition.Field ?? "")}' must be one of '{string.Join(',', Fields.Keys)}'");
        }

        return field switch
        {
            ConditionField.HostHeader => Matching(field, ConditionValues.Hosts, Patterns(
                condition, "HostHeaderConfig", condition.HostHeaderConfig?.Values, condition.HostHeaderConfig?.RegexValues,
                condition.HostHeaderConfig is not null)),
            ConditionField.PathPattern => Matching(field, ConditionValues.Paths, Patterns(
                condition, "PathPatternConfig", condition.PathPatternConfig?.Values, condition.PathPatternConfig?.RegexValues,
                condition.PathPatternConfig is not null)),
            ConditionField.HttpHeader => Header(condition),
            ConditionField.HttpRequestMethod => new()
            {
                Field = field,
                Values = ConditionValues.Methods(
                    Given(condition, condition.HttpRequestMethodConfig?.Values, "HttpRequestMethodConfig")),
            },
            ConditionField.QueryString => new()
            {
                Field = field,
                Pairs = ConditionValues.Pairs(Given(condition, condition.QueryStringConfig?.Values, "QueryStringConfig")),
            },
            _ => new()
            {
                Field = field, Values = ConditionValues.Networks(Given(condition, condition.SourceIpConfig?.Values, "SourceIpConfig")),
            },
        };
    }

    private static RuleCondition Header(Wire.RuleCondition condition)
    {
        var config = condition.HttpHeaderConfig ?? throw Missing("http-header", "HttpHeaderConfig");
        var name = ConditionValues.HeaderName(config.HttpHeaderName ?? throw Missing("http-header", "HttpHeaderName"));
        return Matching(
            ConditionField.HttpHeader, ConditionValues.HeaderValues,
            One("HttpHeaderConfig", config.Values, config.RegexValues ?? condition.RegexValues)) with { HttpHeaderName = name };
    }

    private static RuleCondition Matching(
        ConditionField field, Func<IReadOnlyList<string>, EquatableArray<string>> check,
        (IReadOnlyList<string>? Values, IReadOnlyList<string>? RegexValues) given)
    {
        if (given.Values is { } values)
        {
            return new() { Field = field, Values = check(values) };
        }

        var (expressions, looks) = ExpressionValues.Checked(
            given.RegexValues!, NameOf(field), ignoresCase: field != ConditionField.PathPattern);
        return new() { Field = field, RegexValues = expressions, Looks = looks };
    }

    /// <summary>Of a host or a path, whose values can be given in either of two places, or in both if they agree.</summary>
    private static (IReadOnlyList<string>? Values, IReadOnlyList<string>? RegexValues) Patterns(
        Wire.RuleCondition condition, string config, IReadOnlyList<string>? values, IReadOnlyList<string>? regexValues, bool isGiven)
    {
        if (!isGiven)
        {
            return condition.Values is { Count: > 0 } || condition.RegexValues is { Count: > 0 }
                ? One(config, condition.Values, condition.RegexValues)
                : throw Missing(condition.Field!, $"Values or RegexValues or {config}");
        }

        var inside = One(config, values, regexValues);
        return !AgreesWith(condition.Values, inside.Values) || !AgreesWith(condition.RegexValues, inside.RegexValues)
            ? throw Invalid($"You can specify both 'Values' and '{config}' only if they match")
            : inside;
    }

    private static bool AgreesWith(IReadOnlyList<string>? outside, IReadOnlyList<string>? inside) =>
        outside is not { Count: > 0 } || outside.SequenceEqual(inside ?? []);

    private static (IReadOnlyList<string>? Values, IReadOnlyList<string>? RegexValues) One(
        string config, IReadOnlyList<string>? values, IReadOnlyList<string>? regexValues)
    {
        if (values is { Count: > 0 } == regexValues is { Count: > 0 })
        {
            throw Invalid($"You must provide exactly one of the following: ['Values' 'RegexValues'] for config of type '{config}'");
        }

        return values is { Count: > 0 } ? (values, null) : (null, regexValues);
    }

    private static IReadOnlyList<T> Given<T>(Wire.RuleCondition condition, IReadOnlyList<T>? values, string config)
    {
        if (condition.RegexValues is { Count: > 0 })
        {
            throw Invalid($"'RegexValues' is not supported for a condition of type '{condition.Field}'");
        }

        return values is { Count: > 0 } ? values : throw Missing(condition.Field!, config);
    }

    private static int Wildcards(RuleCondition condition) => condition.Field switch
    {
        ConditionField.HostHeader or ConditionField.PathPattern or ConditionField.HttpHeader =>
            condition.Values.Sum(value => Domain.Wildcards.Count(value)),
        ConditionField.QueryString => condition.Pairs.Sum(pair =>
            Domain.Wildcards.Count(pair.Value, hasEscapes: true)
                + (pair.Key is null ? 0 : Domain.Wildcards.Count(pair.Key, hasEscapes: true))),
        _ => 0,
    };

    private static IReadOnlyList<string>? Given(EquatableArray<string> values) => values.Count > 0 ? values : null;

    private static string NameOf(ConditionField field) => Fields.First(entry => entry.Value == field).Key;

    private static ServiceException Missing(string field, string what) =>
        Invalid($"For conditions of type '{field}', you must specify the following fields: '{what}'");

    private static ServiceException Invalid(string message) => CommonErrors.ValidationError.Because(message);
}
