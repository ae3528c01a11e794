using CloudLb.AwsApi;
using CloudLb.Core.AccessLogs;
using CloudLb.ElbV2.Domain.Attributes;
using static CloudLb.ElbV2.Domain.Attributes.AttributeForms;

namespace CloudLb.ElbV2.Domain;

/// <summary>The attributes that say where a load balancer's logs go.</summary>
internal static class LogAttributes
{
    private const int LongestPrefix = 512, LongestSegment = 255;

    /// <summary>AWS has one object for five minutes.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <summary>What the keys of each log begin with.</summary>
    private static readonly IReadOnlyDictionary<LogKind, string> Names = new Dictionary<LogKind, string>
    {
        [LogKind.Access] = "access_logs",
        [LogKind.Connections] = "connection_logs",
        [LogKind.HealthChecks] = "health_check_logs",
    };

    public static IEnumerable<AttributeRule> Of(LogKind kind)
    {
        var prefix = Prefix(Names[kind]);
        return
        [
            Boolean(Enabled(Names[kind]), false), Text(Bucket(Names[kind])),
            new(prefix, "", value => IsPrefix(value) ? null : $"The value of '{prefix}' is not valid"),
        ];
    }

    /// <summary>Null where it is off.</summary>
    public static AccessLog? Find(LoadBalancer loadBalancer, LogKind kind) =>
        loadBalancer.Attributes.Find(Enabled(Names[kind])) == "true"
        && loadBalancer.Attributes.Find(Bucket(Names[kind])) is { Length: > 0 } bucket
            ? new()
            {
                Kind = kind,
                Bucket = bucket,
                Prefix = loadBalancer.Attributes.Find(Prefix(Names[kind])) ?? "",
                Interval = Interval,
            }
            : null;

    /// <summary>Those that are on.</summary>
    public static IEnumerable<AccessLog> All(LoadBalancer loadBalancer) =>
        Names.Keys.Select(kind => Find(loadBalancer, kind)).OfType<AccessLog>();

    /// <summary>Throws where a log is switched on and nobody has said where it goes.</summary>
    public static LoadBalancer Checked(LoadBalancer loadBalancer)
    {
        foreach (var name in Names.Values)
        {
            if (loadBalancer.Attributes.Find(Enabled(name)) == "true" && loadBalancer.Attributes.Find(Bucket(name)) is null or "")
            {
                throw CommonErrors.ValidationError.Because(
                    $"The key '{Bucket(name)}' must set in order to enable {name.Replace('_', ' ')}");
            }
        }

        return loadBalancer;
    }

    private static string Enabled(string name) => $"{name}.s3.enabled";

    private static string Bucket(string name) => $"{name}.s3.bucket";

    private static string Prefix(string name) => $"{name}.s3.prefix";

    // Names of objects are made of it, and of directories where those stand for buckets.
    private static bool IsPrefix(string value) =>
        value.Length <= LongestPrefix
            && !value.Contains("AWSLogs", StringComparison.Ordinal)
            && value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' or '/')
            && (value.Length == 0 || value.Split('/').All(part => part is not ("" or "." or "..") && part.Length <= LongestSegment));
}
