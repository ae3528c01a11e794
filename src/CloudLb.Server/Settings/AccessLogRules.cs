using CloudLb.AccessLogs;
using CloudLb.Core.Accounts;

namespace CloudLb.Server.Settings;

/// <summary>What must be true of the settings of access logs.</summary>
internal static class AccessLogRules
{
    /// <param name="options">The settings.</param>
    /// <param name="s3">Those of the store.</param>
    /// <param name="isS3Given">Whether any of those is given.</param>
    /// <returns>One sentence for each fault.</returns>
    public static IEnumerable<string> Faults(AccessLogOptions options, AccessLogS3Options s3, bool isS3Given)
    {
        foreach (var (bucket, accounts) in options.BucketAccounts.Where(bucket => bucket.Value.Count == 0 || !bucket.Value.All(AccountId.IsValid)))
        {
            yield return $"{AccessLogOptions.Section}:BucketAccounts:{bucket} is '{string.Join(", ", accounts)}'; it must list one account or more, each of twelve digits.";
        }

        if (options.Store != AccessLogStoreKind.S3)
        {
            if (isS3Given)
            {
                yield return $"{AccessLogS3Options.Section} has no effect, as {AccessLogOptions.Section}:Store is {options.Store}; set that to S3, or remove it.";
            }

            if (options.Directory is { } directory && (string.IsNullOrWhiteSpace(directory) || File.Exists(directory)))
            {
                yield return $"{AccessLogOptions.Section}:Directory is '{directory}'; it must name a directory.";
            }

            yield break;
        }

        if (options.Directory is not null)
        {
            yield return $"{AccessLogOptions.Section}:Directory has no effect, as {AccessLogOptions.Section}:Store is S3; remove one of them.";
        }

        if (s3.ServiceUrl is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https"))
        {
            yield return $"{AccessLogS3Options.Section}:ServiceUrl is '{url}'; it must be http:// or https:// with a host.";
        }

        if (string.IsNullOrWhiteSpace(s3.Region))
        {
            yield return $"{AccessLogS3Options.Section}:Region is empty; it must be the region of the buckets, such as us-east-1.";
        }

        if (string.IsNullOrEmpty(s3.AccessKeyId) != string.IsNullOrEmpty(s3.SecretAccessKey))
        {
            yield return $"{AccessLogS3Options.Section}:AccessKeyId and SecretAccessKey go together; give both or neither.";
        }
    }
}
