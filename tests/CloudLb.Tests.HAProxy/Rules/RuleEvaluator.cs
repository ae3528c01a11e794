using System.Net;
using System.Text.RegularExpressions;
using CloudLb.Core.Traffic.Planning;
using FsCheck;
using FsCheck.Fluent;

namespace CloudLb.Tests.HAProxy;

/// <summary>AWS's rules as they are told in words, looked at one after the other: what HAProxy must come to as well.</summary>
internal static class RuleEvaluator
{
    /// <summary>The rule that a request meets; null for none.</summary>
    public static PlannedRule? Find(PlannedListener listener, RuleRequest request) =>
        listener.Rules.OrderBy(rule => rule.Priority).FirstOrDefault(rule => rule.Conditions.All(condition => Holds(condition, request)));

    /// <summary>
    /// Sends requests to each listener, whose actions answer with the numbers of their rules, or with <c>none</c>, or send to a pool that
    /// answers with its name.
    /// </summary>
    /// <returns>How often each was met, as it should be.</returns>
    public static async Task<IReadOnlyDictionary<string, int>> HoldAgainstAsync(
        PlannedLoadBalancer web, Gen<RuleRequest> requests, int each)
    {
        var met = new Dictionary<string, int>();
        foreach (var listener in web.Listeners)
        {
            using var connection = await KeptConnection.OpenAsync(web, listener.Port);
            foreach (var request in requests.Sample(each, 20))
            {
                var isRefused = SentPath.Normalized(request.Path) is null
                    && listener.Rules.Any(rule => rule.Conditions.Any(condition => condition is PlannedCondition.Path));
                var rule = isRefused ? null : Find(listener, request);
                var expected = rule?.Action is PlannedAction.Forward { Pools: [var pool] }
                    ? pool.Pool
                    : rule?.Priority.ToString() ?? "none";
                using var another = isRefused ? await KeptConnection.OpenAsync(web, listener.Port) : null;
                var answer = await (another ?? connection).AskAsync(request.Text);
                expected = isRefused ? "refused" : expected;
                Assert.True(
                    isRefused ? answer?.Status == 400 : (200, expected) == answer,
                    $"Expected {expected} and not {answer} for\n{request.Text}of\n{string.Join('\n', listener.Rules.Select(Told))}");
                met[expected] = met.GetValueOrDefault(expected) + 1;
            }
        }

        return met;
    }

    private static string Told(PlannedRule rule) =>
        $"{rule.Priority}: " + string.Join(" and ", rule.Conditions.Select(condition => condition switch
    {
        PlannedCondition.Host(var patterns) => $"host {string.Join(" or ", patterns)}",
        PlannedCondition.Path(var patterns) => $"path {string.Join(" or ", patterns)}",
        PlannedCondition.Header(var name, var patterns) => $"{name} {string.Join(" or ", patterns)}",
        PlannedCondition.Method(var methods) => $"method {string.Join(" or ", methods)}",
        PlannedCondition.Query(var pairs) => $"query {string.Join(" or ", pairs)}",
        _ => condition.ToString(),
    }));

    private static bool Holds(PlannedCondition condition, RuleRequest request) => condition switch
    {
        PlannedCondition.Host(var patterns) => patterns.Any(
            pattern => pattern.IsExpression ? Fits(request.Host, pattern) : IsLike(Lower(request.Host.Split(':')[0]), Lower(pattern.Text))),
        PlannedCondition.Path(var patterns) => SentPath.Normalized(request.Path)! is var path && patterns.Any(
            pattern => pattern.IsExpression ? Regex.IsMatch(path, pattern.Text) : IsLike(path, pattern.Text)),
        PlannedCondition.Header(var name, var patterns) => request.Headers
            .Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Any(header => patterns.Any(
                pattern => pattern.IsExpression ? Fits(header.Value, pattern) : IsLike(Lower(header.Value), Lower(pattern.Text)))),
        PlannedCondition.Method(var methods) => methods.Contains(request.Method),
        PlannedCondition.Query(var pairs) => request.Query is { } query
            && query.Split('&').Any(part => pairs.Any(pair => IsPair(Lower(part), pair))),
        PlannedCondition.Source(var networks) => networks.Any(network => IPNetwork.Parse(network).Contains(IPAddress.Loopback)),
        _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, "Not one that is tested."),
    };

    private static bool Fits(string text, PlannedPattern pattern) =>
        Regex.IsMatch(text, pattern.Text, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static bool IsPair(string part, PlannedQueryPair pair)
    {
        var at = part.IndexOf('=');
        var value = at < 0 ? part : part[(at + 1)..];
        return pair.Key is null
            ? IsLike(value, Lower(pair.Value))
            : at >= 0 && IsLike(part[..at], Lower(pair.Key)) && IsLike(value, Lower(pair.Value));
    }

    /// <summary>Whether a whole text is what a pattern says.</summary>
    private static bool IsLike(string text, string pattern) => pattern switch
    {
        "" => text.Length == 0,
        ['*', .. var rest] => Enumerable.Range(0, text.Length + 1).Any(start => IsLike(text[start..], rest)),
        ['\\', ('*' or '?' or '\\') and var plain, .. var rest] => text.StartsWith(plain) && IsLike(text[1..], rest),
        ['?', .. var rest] => text.Length > 0 && IsLike(text[1..], rest),
        _ => text.StartsWith(pattern[0]) && IsLike(text[1..], pattern[1..]),
    };

    private static string Lower(string text) => text.ToLowerInvariant();
}

/// <summary>A request as a client sends it.</summary>
internal sealed record RuleRequest(string Method, string Host, string Path, string? Query, (string Name, string Value)[] Headers)
{
    /// <summary>To the byte; the connection goes on.</summary>
    public string Text =>
        $"{Method} {Path}{(Query is null ? "" : $"?{Query}")} HTTP/1.1\r\nHost: {Host}\r\n"
        + string.Concat(Headers.Select(header => $"{header.Name}: {header.Value}\r\n")) + "\r\n";
}
