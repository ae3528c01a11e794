using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.ElbV2.Domain;
using Wire = CloudLb.ElbV2.Contracts;

namespace CloudLb.ElbV2.Mapping;

/// <summary>Transforms of rules: one for the host and one for the rest of the address at most, each with one rewrite.</summary>
internal static class TransformMapping
{
    private const string OfHost = "host-header-rewrite", OfUrl = "url-rewrite";

    public static EquatableArray<RuleTransform> ToDomain(this IReadOnlyList<Wire.RuleTransform>? transforms)
    {
        var read = (transforms ?? []).Select(ToDomain).ToEquatableArray();
        return read.DistinctBy(transform => transform.IsOfHost).Count() == read.Count
            ? read
            : throw Invalid($"A rule can only have one '{(read[0].IsOfHost ? OfHost : OfUrl)}' transform");
    }

    public static IReadOnlyList<Wire.RuleTransform> ToWire(this EquatableArray<RuleTransform> transforms) => [.. transforms.Select(ToWire)];

    private static RuleTransform ToDomain(Wire.RuleTransform transform)
    {
        var isOfHost = transform.Type == OfHost;
        var (config, rewrites) = isOfHost
            ? ("HostHeaderRewriteConfig", transform.HostHeaderRewriteConfig?.Rewrites)
            : ("UrlRewriteConfig", transform.UrlRewriteConfig?.Rewrites);
        if ((isOfHost ? (object?)transform.UrlRewriteConfig : transform.HostHeaderRewriteConfig) is not null)
        {
            throw Invalid($"For transforms of type '{transform.Type}', you must specify '{config}' only");
        }

        if (rewrites is not [var rewrite])
        {
            throw Invalid($"For transforms of type '{transform.Type}', you must specify exactly one rewrite in '{config}'");
        }

        ExpressionValues.Check(rewrite.Regex, rewrite.Replace, isOfHost);
        return new(isOfHost, rewrite.Regex, rewrite.Replace);
    }

    private static Wire.RuleTransform ToWire(RuleTransform transform)
    {
        Wire.RewriteConfig[] rewrites = [new() { Regex = transform.Regex, Replace = transform.Replace }];
        return transform.IsOfHost
            ? new() { Type = OfHost, HostHeaderRewriteConfig = new() { Rewrites = rewrites } }
            : new() { Type = OfUrl, UrlRewriteConfig = new() { Rewrites = rewrites } };
    }

    private static ServiceException Invalid(string message) => CommonErrors.ValidationError.Because(message);
}
