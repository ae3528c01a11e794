using System.ComponentModel.DataAnnotations;
using CloudLb.Core.Accounts;
using Microsoft.Extensions.Configuration;

namespace CloudLb.AccessLogs;

/// <summary>Where access logs are delivered to.</summary>
public sealed class AccessLogOptions : IValidatableObject
{
    public const string Section = "CloudLb:AccessLogs";

    /// <summary>What the buckets are. Default <see cref="AccessLogStoreKind.Directory"/>.</summary>
    [EnumDataType(typeof(AccessLogStoreKind))]
    public AccessLogStoreKind Store { get; set; } = AccessLogStoreKind.Directory;

    /// <summary>Where the directories that stand for buckets are. Default: <c>access-logs</c> in the data directory.</summary>
    public string? Directory { get; set; }

    /// <summary>
    /// MiB that may wait for their delivery: 10 to 10,000,000, default 10,240. What is more goes, the oldest first, and the log says so.
    /// Ten GiB are some
    /// fifty million requests.
    /// </summary>
    [Range(10, 10_000_000)]
    public int MaxSpoolSize { get; set; } = 10_240;

    /// <summary>
    /// The accounts, twelve digits each, whose load balancers may write to a bucket, by its name; a bucket that is not named is
    /// everyone's.
    /// </summary>
    public Dictionary<string, List<string>> BucketAccounts { get; set; } = [];

    /// <summary>With <see cref="AccessLogStoreKind.S3"/>: how the store is reached.</summary>
    public AccessLogS3Options S3 { get; set; } = new();

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext) =>
        Faults(validationContext.GetService(typeof(IConfiguration)) as IConfiguration).Select(fault => new ValidationResult(fault));

    /// <param name="given">Where it is known what is given, and what a default.</param>
    private IEnumerable<string> Faults(IConfiguration? given)
    {
        foreach (var (bucket, accounts) in BucketAccounts.Where(bucket => bucket.Value.Count == 0 || !bucket.Value.All(AccountId.IsValid)))
        {
            yield return $"{Section}:BucketAccounts:{bucket} is '{string.Join(", ", accounts)}'; it must list one account or more, each " +
                "of twelve digits.";
        }

        if (Store == AccessLogStoreKind.S3)
        {
            if (Directory is not null)
            {
                yield return $"{Section}:Directory has no effect, as {Section}:Store is S3; remove one of them.";
            }

            yield break;
        }

        if (given?.GetSection(AccessLogS3Options.Section).GetChildren().Any() == true)
        {
            yield return $"{AccessLogS3Options.Section} has no effect, as {Section}:Store is {Store}; set that to S3, or remove it.";
        }

        if (Directory is { } directory && (string.IsNullOrWhiteSpace(directory) || File.Exists(directory)))
        {
            yield return $"{Section}:Directory is '{directory}'; it must name a directory.";
        }
    }
}
