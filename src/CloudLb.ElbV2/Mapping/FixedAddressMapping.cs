using System.Net;
using CloudLb.AwsApi;
using CloudLb.Core.Accounts;
using CloudLb.Core.Addresses;
using CloudLb.ElbV2.Domain;
using Wire = CloudLb.ElbV2.Contracts;

namespace CloudLb.ElbV2.Mapping;

/// <summary>The addresses that subnet mappings ask for: one of an account's own, or one of the subnet's pool.</summary>
/// <param name="pools">Which addresses a subnet has.</param>
/// <param name="elastic">Which an account has.</param>
internal sealed class FixedAddressMapping(IAddressAllocator pools, ElasticAddresses elastic)
{
    /// <summary>By the ids of the subnets; whether they are free is not looked at.</summary>
    public IReadOnlyDictionary<string, FixedAddress> Read(
        IReadOnlyList<Wire.SubnetMapping>? mappings, LoadBalancerType type, LoadBalancerScheme scheme, AccountId account)
    {
        var asked = new Dictionary<string, FixedAddress>();
        foreach (var mapping in mappings ?? [])
        {
            NotCarried.Unless("IPv6Address", mapping.IPv6Address, "");
            NotCarried.Unless("SourceNatIpv6Prefix", mapping.SourceNatIpv6Prefix, "");
            var address = (string.IsNullOrEmpty(mapping.AllocationId), string.IsNullOrEmpty(mapping.PrivateIPv4Address)) switch
            {
                (true, true) => null,
                (false, true) => Elastic(mapping.AllocationId!, type, scheme, account),
                (true, false) => Private(mapping.PrivateIPv4Address!, mapping.SubnetId ?? "", type, scheme),
                _ => throw CommonErrors.ValidationError.Because(
                    "You can specify either an allocation ID or a private IPv4 address for a subnet, not both"),
            };
            if (address is not null && (asked.Values.Any(other => other.Address.Equals(address.Address))
                || !asked.TryAdd(mapping.SubnetId ?? "", address)))
            {
                throw Errors.InvalidConfigurationRequest.Because("A subnet can have one address, and an address can be of one subnet");
            }
        }

        return asked;
    }

    private FixedAddress Elastic(string id, LoadBalancerType type, LoadBalancerScheme scheme, AccountId account)
    {
        if (type == LoadBalancerType.Application)
        {
            throw CommonErrors.ValidationError.Because("Elastic IPs are not supported for load balancers with type 'application'");
        }

        if (scheme == LoadBalancerScheme.Internal)
        {
            throw CommonErrors.ValidationError.Because("Elastic IPs are not supported for load balancers with scheme 'internal'");
        }

        return elastic.Find(account, id) is { } address
            ? new(address, id)
            : throw Errors.AllocationIdNotFound.Because($"The allocation ID '{ResourceNames.Cut(id)}' does not exist");
    }

    private FixedAddress Private(string text, string subnetId, LoadBalancerType type, LoadBalancerScheme scheme)
    {
        if (type == LoadBalancerType.Application || scheme != LoadBalancerScheme.Internal)
        {
            throw Errors.InvalidConfigurationRequest.Because(
                "Private IPv4 addresses can be specified for internal load balancers with type 'network' only");
        }

        if (!IPAddress.TryParse(text, out var address) || address.ToString() != text
            || address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetwork)
        {
            throw CommonErrors.ValidationError.Because($"The private IPv4 address '{ResourceNames.Cut(text)}' is not valid");
        }

        var pool = pools.PoolOf(subnetId) ?? throw Errors.InvalidConfigurationRequest.Because(
            $"The subnet '{ResourceNames.Cut(subnetId)}' has no addresses of its own here; the setting "
            + $"SubnetAddressPools:{ResourceNames.Cut(subnetId)} gives it some");
        return pool.Gives(address)
            ? new(address, null)
            : throw Errors.InvalidConfigurationRequest.Because(
                $"The private IPv4 address '{text}' is none of the subnet '{ResourceNames.Cut(subnetId)}'");
    }
}
