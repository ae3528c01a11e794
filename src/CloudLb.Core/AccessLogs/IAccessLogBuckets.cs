using CloudLb.Core.LoadBalancers;
using CloudLb.Core.LoadBalancers.Attributes;

namespace CloudLb.Core.AccessLogs;

/// <summary>Where access logs are delivered to.</summary>
public interface IAccessLogBuckets
{
    /// <summary>Writes AWS's test object; throws AWS's error when the bucket cannot be written to.</summary>
    Task CheckAsync(LoadBalancerKey loadBalancer, AccessLog accessLog, CancellationToken cancellationToken);
}
