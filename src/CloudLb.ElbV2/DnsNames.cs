using System.Security.Cryptography;
using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2;

/// <summary>
/// Makes the DNS name of a new load balancer: <c>name-digits.region.suffix</c>, with <c>internal-</c> before it for that scheme, and of a
/// network load balancer <c>name-id.elb.region.suffix</c>.
/// </summary>
/// <remarks>
/// All of them end as the suffix says, so that one delegation or one line for a resolver is enough. One that was made with another name
/// keeps it.
/// </remarks>
public sealed class DnsNames(string suffix)
{
    public string New(Arn arn, LoadBalancerType type, LoadBalancerScheme scheme)
    {
        if (type == LoadBalancerType.Network)
        {
            return $"{arn.Name}-{arn.Id}.elb.{arn.Region}.{suffix}";
        }

        var prefix = scheme == LoadBalancerScheme.Internal ? "internal-" : "";
        return $"{prefix}{arn.Name}-{RandomNumberGenerator.GetInt32(100_000_000, int.MaxValue)}.{arn.Region}.{suffix}";
    }
}
