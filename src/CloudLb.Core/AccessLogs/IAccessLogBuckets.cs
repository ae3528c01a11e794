using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Core.AccessLogs;

/// <summary>Where access logs are delivered to.</summary>
public interface IAccessLogBuckets
{
    /// <summary>Writes AWS's test object.</summary>
    /// <returns>Why the bucket cannot be written to; null when it can.</returns>
    Task<BucketFault?> CheckAsync(LoadBalancerId loadBalancer, AccessLog accessLog, CancellationToken cancellationToken);
}
