using System.Security.Cryptography;
using CloudLb.Elb.Domain;

namespace CloudLb.Elb;

/// <summary>
/// Makes the DNS name of a new load balancer: <c>name-digits.region.suffix</c>, with <c>internal-</c> before it for that scheme.
/// </summary>
/// <remarks>AWS's names have 8 to 10 digits, other ones each time a name is used again (captures).</remarks>
public sealed class DnsNames(string suffix)
{
    public string New(LoadBalancerKey key, LoadBalancerScheme scheme)
    {
        var prefix = scheme == LoadBalancerScheme.Internal ? "internal-" : "";
        var digits = RandomNumberGenerator.GetInt32(100_000_000, int.MaxValue);
        return $"{prefix}{key.Name}-{digits}.{key.Region}.{suffix}";
    }
}
