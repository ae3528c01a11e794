using CloudLb.AwsApi;
using CloudLb.Core.AccessLogs;
using CloudLb.Elb.Domain.Attributes;

namespace CloudLb.Elb.Domain;

public sealed partial record LoadBalancer
{
    /// <summary>The user guide's range for the draining timeout, in seconds.</summary>
    private const int MaximumDrainingTimeout = 3600;

    /// <summary>The user guide's range for the idle timeout, in seconds.</summary>
    private const int MaximumIdleTimeout = 4000;

    /// <summary>S3's limit, that of its early years.</summary>
    private const int MaximumBucketLength = 255;

    /// <summary>Ours: the rest of an object's name, at most some 250 characters, has to fit into S3's 1024 as well.</summary>
    private const int MaximumPrefixLength = 512;

    public LoadBalancer WithAttributes(LoadBalancerAttributes attributes)
    {
        CheckSeconds(attributes.ConnectionDraining.Timeout, MaximumDrainingTimeout, "ConnectionDraining Timeout");
        CheckSeconds(attributes.IdleTimeout, MaximumIdleTimeout, "ConnectionSettings IdleTimeout");
        if (attributes.AccessLog is { } accessLog && accessLog != Attributes.AccessLog)
        {
            Check(accessLog);
        }

        return this with { Attributes = attributes };
    }

    /// <summary>
    /// The user guide's rules. Slashes are where a directory and a bucket would disagree about what an object's name means.
    /// </summary>
    private static void Check(AccessLog accessLog)
    {
        if (accessLog.Interval != TimeSpan.FromMinutes(5) && accessLog.Interval != TimeSpan.FromMinutes(60))
        {
            throw CommonErrors.ValidationError.Because("AccessLog EmitInterval must be 5 or 60 minutes");
        }

        if (accessLog.Bucket.Length == 0)
        {
            throw CommonErrors.ValidationError.Because("AccessLog S3BucketName must be specified when access logging is enabled");
        }

        if (!accessLog.IsEnabled && (accessLog.Bucket.Length > MaximumBucketLength || !IsPlainSegment(accessLog.Bucket)))
        {
            // One that is switched on is tried; this one is only kept.
            throw Errors.InvalidConfigurationRequest.Because(
                $"Access Denied for bucket: {accessLog.Bucket}. Please check S3bucket permission");
        }

        if (!accessLog.Prefix.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_' or '/'))
        {
            // AWS's words: cloud-custodian#4510.
            throw CommonErrors.ValidationError.Because(
                "S3Bucket prefix can only contain combination of uppercase letters, lowercase letters, numbers, periods (.), dashes (-), " +
                "underscores (_) and slashes (/)");
        }

        if (accessLog.Prefix.Contains("AWSLogs", StringComparison.Ordinal))
        {
            throw CommonErrors.ValidationError.Because("AccessLog S3BucketPrefix must not contain AWSLogs");
        }

        if (accessLog.Prefix.Length > MaximumPrefixLength
            || (accessLog.Prefix.Length > 0 && !accessLog.Prefix.Split('/').All(IsPlainSegment)))
        {
            throw CommonErrors.ValidationError.Because(
                $"AccessLog S3BucketPrefix must be at most {MaximumPrefixLength} characters, without a slash at either end, an empty " +
                $"segment, or a segment of dots");
        }
    }

    private static bool IsPlainSegment(string segment) =>
        segment.Length > 0
            && segment is not ("." or "..")
            && segment.All(character => character is >= ' ' and <= '~' and not ('\\' or '/'));

    private static void CheckSeconds(TimeSpan value, int maximum, string name)
    {
        if (value < TimeSpan.FromSeconds(1) || value > TimeSpan.FromSeconds(maximum))
        {
            throw CommonErrors.ValidationError.Because($"{name} must be between 1 and {maximum} seconds");
        }
    }
}
