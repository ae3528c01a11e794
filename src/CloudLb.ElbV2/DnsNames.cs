using System.Security.Cryptography;
using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2;

/// <summary>
/// Makes the DNS name of a new load balancer: <c>name-digits.region.suffix</c>, with <c>internal-</c> before it for that scheme, and of a
/// network load balancer <c>name-id.region.suffix</c>.
/// </summary>
public sealed class DnsNames(string suffix)
{
    public string New(Arn arn, LoadBalancerType type, LoadBalancerScheme scheme)
    {
        var last = type == LoadBalancerType.Network ? arn.Id : $"{RandomNumberGenerator.GetInt32(100_000_000, int.MaxValue)}";
        var prefix = type == LoadBalancerType.Application && scheme == LoadBalancerScheme.Internal ? "internal-" : "";
        return $"{prefix}{arn.Name}-{last}.{arn.Region}.{suffix}";
    }
}
