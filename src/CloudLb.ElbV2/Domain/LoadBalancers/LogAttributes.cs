using CloudLb.AwsApi;
using CloudLb.Core.AccessLogs;
using CloudLb.ElbV2.Domain.Attributes;
using static CloudLb.ElbV2.Domain.Attributes.AttributeForms;

namespace CloudLb.ElbV2.Domain;

/// <summary>The attributes that say where a load balancer's log goes.</summary>
internal static class LogAttributes
{
    private const string Enabled = "access_logs.s3.enabled", Bucket = "access_logs.s3.bucket", Prefix = "access_logs.s3.prefix";
    private const int LongestPrefix = 512, LongestSegment = 255;

    /// <summary>AWS has one object for five minutes.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    public static readonly IReadOnlyList<AttributeRule> Access =
    [
        Boolean(Enabled, false), Text(Bucket),
        new(Prefix, "", value => IsPrefix(value) ? null : $"The value of '{Prefix}' is not valid"),
    ];

    /// <summary>Null where nothing is logged.</summary>
    public static AccessLog? AccessLogOf(LoadBalancer loadBalancer) =>
        loadBalancer.Attributes.Find(Enabled) == "true" && loadBalancer.Attributes.Find(Bucket) is { Length: > 0 } bucket
            ? new() { Bucket = bucket, Prefix = loadBalancer.Attributes.Find(Prefix) ?? "", Interval = Interval }
            : null;

    /// <summary>Throws where a log is switched on and nobody has said where it goes.</summary>
    public static LoadBalancer Checked(LoadBalancer loadBalancer) =>
        loadBalancer.Attributes.Find(Enabled) == "true" && loadBalancer.Attributes.Find(Bucket) is null or ""
            ? throw CommonErrors.ValidationError.Because($"The key '{Bucket}' must set in order to enable access logs")
            : loadBalancer;

    // Names of objects are made of it, and of directories where those stand for buckets.
    private static bool IsPrefix(string value) =>
        value.Length <= LongestPrefix
            && !value.Contains("AWSLogs", StringComparison.Ordinal)
            && value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' or '/')
            && (value.Length == 0 || value.Split('/').All(part => part is not ("" or "." or "..") && part.Length <= LongestSegment));
}
