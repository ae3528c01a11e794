using System.ComponentModel.DataAnnotations;

namespace CloudLb.AccessLogs;

/// <summary>Where access logs are delivered to.</summary>
public sealed class AccessLogOptions
{
    public const string Section = "CloudLb:AccessLogs";

    /// <summary>What the buckets are. Default <see cref="AccessLogStoreKind.Directory"/>.</summary>
    [EnumDataType(typeof(AccessLogStoreKind))]
    public AccessLogStoreKind Store { get; set; } = AccessLogStoreKind.Directory;

    /// <summary>Where the directories that stand for buckets are. Default: <c>access-logs</c> in the data directory.</summary>
    public string? Directory { get; set; }

    /// <summary>
    /// MiB that may wait for their delivery: 10 to 10,000,000, default 10,240. What is more goes, the oldest first, and the log says so. Ten GiB are some
    /// fifty million requests.
    /// </summary>
    [Range(10, 10_000_000)]
    public int MaxSpoolSize { get; set; } = 10_240;

    /// <summary>The accounts, twelve digits each, whose load balancers may write to a bucket, by its name; a bucket that is not named is everyone's.</summary>
    public Dictionary<string, List<string>> BucketAccounts { get; set; } = [];
}
