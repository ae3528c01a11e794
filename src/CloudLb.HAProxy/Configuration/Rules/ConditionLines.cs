using System.Text.RegularExpressions;
using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>Conditions of rules as HAProxy's, without names. Alternatives are one expression: a line has at most 64 words.</summary>
internal static partial class ConditionLines
{
    /// <summary>All of the conditions as words of a line; empty where there are none.</summary>
    /// <param name="conditions">The conditions.</param>
    /// <param name="path">Where the path is found: <see cref="PathLines.Sent"/> or <see cref="PathLines.Normalized"/>.</param>
    public static string Of(EquatableArray<PlannedCondition> conditions, string path) =>
        string.Join(' ', conditions.Select(condition => Of(condition, path)));

    private static string Of(PlannedCondition condition, string path) => condition switch
    {
        PlannedCondition.Host(var patterns) when patterns.Any(pattern => pattern.IsExpression) =>
            Matching("req.fhdr(host,1)", patterns, isBlind: true),
        PlannedCondition.Host(var patterns) => Matching("req.fhdr(host,1),field(1,:)", patterns, isBlind: true),
        PlannedCondition.Path(var patterns) => Matching(path, patterns, isBlind: false),
        PlannedCondition.Header(var name, var patterns) => Matching($"req.fhdr({HeaderName(name)})", patterns, isBlind: true),
        PlannedCondition.Method(var methods) => $"{{ method -m reg '^(?:{Alternatives(methods.Select(GlobExpression.Plain))})$' }}",
        PlannedCondition.Query(var pairs) => $"{{ query -m reg -i '(?:^|&)(?:{Alternatives(pairs.Select(Pair))})(?:&|$)' }}",
        PlannedCondition.Source(var networks) => $"{{ src {string.Join(' ', networks.SelectMany(SourceLines.Written).Select(Network))} }}",
        _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, "Not a condition of this version."),
    };

    // The whole text, or what it begins with, is compared in a third of the time of an expression.
    private static string Matching(string fetch, EquatableArray<PlannedPattern> patterns, bool isBlind)
    {
        var flags = isBlind ? "-i " : "";
        return patterns.All(IsPlain)
            ? $"{{ {fetch} -m str {flags}-- {Words(patterns.Select(pattern => pattern.Text))} }}"
            : patterns.All(pattern => pattern.Text.EndsWith('*') && IsPlain(pattern with { Text = pattern.Text[..^1] }))
                ? $"{{ {fetch} -m beg {flags}-- {Words(patterns.Select(pattern => pattern.Text[..^1]))} }}"
                : $"{{ {fetch} -m reg {flags}'{string.Join('|', patterns.Select(pattern => Expression(pattern, isBlind)))}' }}";
    }

    private static bool IsPlain(PlannedPattern pattern) =>
        !pattern.IsExpression && pattern.Text.Length > 0 && pattern.Text.AsSpan().IndexOfAny('*', '?') < 0;

    // By number outside quotation marks, which HAProxy reads as the letters.
    private static string Words(IEnumerable<string> texts) => string.Join(' ', texts.Select(GlobExpression.Plain));

    // Expressions are found anywhere, patterns are for the whole.
    private static string Expression(PlannedPattern pattern, bool isBlind) => pattern.IsExpression
        ? Expressions.OfCondition(pattern.Text, isBlind).Written
        : $"^{GlobExpression.Of(pattern.Text)}$";

    private static string Alternatives(IEnumerable<string> expressions) => string.Join('|', expressions);

    // A pair without a key is a value with any key, or with none. What is before the first equals sign is the key, and never part of the
    // value.
    private static string Pair(PlannedQueryPair pair)
    {
        var key = pair.Key is { } text ? GlobExpression.Of(text, "[^&=]", hasEscapes: true) + "=" : "(?:[^&=]*+=)?+";
        return key + GlobExpression.Of(pair.Value, "[^&]", hasEscapes: true);
    }

    private static string HeaderName(string name) => OfHeader().IsMatch(name)
        ? name
        : throw new UnwritableValueException(name, "is not a header's name of letters, digits, hyphens and underscores");

    private static string Network(string network) => OfNetwork().IsMatch(network)
        ? network
        : throw new UnwritableValueException(network, "is not a network");

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,128}\z")]
    private static partial Regex OfHeader();

    [GeneratedRegex(@"^[0-9a-fA-F.:]{2,45}/[0-9]{1,3}\z")]
    private static partial Regex OfNetwork();
}
