using Wire = CloudLb.ElbV2.Contracts;

namespace CloudLb.ElbV2.Mapping;

/// <summary>Policies of TLS as the API shows them: ciphers with their places from 1.</summary>
internal static class SslPolicyMapping
{
    public static Wire.SslPolicy ToWire(this Domain.SslPolicy policy) => new()
    {
        Name = policy.Name,
        SslProtocols = policy.Protocols,
        Ciphers = [.. policy.Ciphers.Select((name, position) => new Wire.Cipher { Name = name, Priority = position + 1 })],
        SupportedLoadBalancerTypes = policy.LoadBalancerTypes,
    };
}
