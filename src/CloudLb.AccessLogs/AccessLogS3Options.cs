using System.ComponentModel.DataAnnotations;

namespace CloudLb.AccessLogs;

/// <summary>How the store is reached where buckets are S3's.</summary>
public sealed class AccessLogS3Options : IValidatableObject
{
    public const string Section = $"{AccessLogOptions.Section}:S3";

    /// <summary>The endpoint of a store that is not AWS's, such as <c>http://minio:9000</c>. Absent: AWS's of the region.</summary>
    public string? ServiceUrl { get; set; }

    /// <summary>The region of the buckets, which requests are signed for. Default <c>us-east-1</c>.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary>
    /// With <see cref="SecretAccessKey"/>. Absent: what AWS's SDK finds in the environment, its files or the machine's role.
    /// </summary>
    public string? AccessKeyId { get; set; }

    public string? SecretAccessKey { get; set; }

    /// <summary>
    /// Whether the bucket's name stands in the path and not in the host's name. Default false; most stores that are not AWS's need it.
    /// </summary>
    public bool ForcePathStyle { get; set; }

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (ServiceUrl is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https"))
        {
            yield return new($"{Section}:ServiceUrl is '{url}'; it must be http:// or https:// with a host.");
        }

        if (string.IsNullOrWhiteSpace(Region))
        {
            yield return new($"{Section}:Region is empty; it must be the region of the buckets, such as us-east-1.");
        }

        if (string.IsNullOrEmpty(AccessKeyId) != string.IsNullOrEmpty(SecretAccessKey))
        {
            yield return new($"{Section}:AccessKeyId and SecretAccessKey go together; give both or neither.");
        }
    }
}
