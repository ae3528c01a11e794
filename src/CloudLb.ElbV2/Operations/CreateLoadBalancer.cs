using System.Security.Cryptography;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core;
using CloudLb.Core.Addresses;
using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Templates;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;
using LoadBalancer = CloudLb.ElbV2.Domain.LoadBalancer;

namespace CloudLb.ElbV2.Operations;

/// <summary>Makes a load balancer. Made again with the same settings it is the one there is; with others it is refused.</summary>
internal sealed class CreateLoadBalancer(
    IResourceStore store, AddressAssignment addresses, FixedAddressMapping fixedAddresses, Networks networks, DnsNames dnsNames,
    Quotas quotas, ITemplateRights templates, Sharing sharing, TimeProvider clock)
    : IOperation<CreateLoadBalancerRequest, CreateLoadBalancerResponse>
{
    private const int StickinessKeyDigits = 32;

    public async Task<CreateLoadBalancerResponse> ExecuteAsync(
        CreateLoadBalancerRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var name = ResourceNames.CheckLoadBalancer(request.Name);
        var type = TypeOf(request);
        var isDualStack = AddressTypeMapping.IsDualStack(request.IpAddressType, type, addresses);
        CheckCarried(request);
        if (TemplateTag.WhyNot(request.Tags.ToDomain(), caller.AccountId(), templates) is { } why)
        {
            throw CommonErrors.ValidationError.Because(why);
        }

        var ids = NetworkMapping.SubnetIds(request.Subnets, request.SubnetMappings);
        var asked = fixedAddresses.Read(
            request.SubnetMappings, type, LoadBalancerMapping.ToScheme(request.Scheme), caller.AccountId());
        var network = await networks.FindAsync(
            caller.AccountId(), caller.Region, [.. ids, .. request.SecurityGroups ?? []], cancellationToken);
        var requested = Requested(request, caller, type, network, name, network.Subnets(ids)) with { IsDualStack = isDualStack };
        var created = await store.ChangeAsync(
            snapshot =>
            {
                var loadBalancers = snapshot.V2LoadBalancers.Of(requested.Scope);
                if (loadBalancers.Find(name) is { } existing)
                {
                    return (snapshot, existing.MatchRepeatedCreation(requested, asked));
                }

                var quota = type == LoadBalancerType.Network ? quotas.NetworkLoadBalancers : quotas.ApplicationLoadBalancers;
                if (loadBalancers.After(null).Count(other => other.Type == type) >= quota)
                {
                    throw Errors.TooManyLoadBalancers.Because(
                        $"The maximum number of load balancers has been reached: [{quota}]");
                }

                requested.EnsureFree(snapshot, asked);
                var added = requested.EnsureClaimable(sharing.Claims, snapshot, before: null) with
                {
                    Addresses = addresses.New(snapshot, requested.AddressWish with { Fixed = asked }),
                };
                return (snapshot.With(LoadBalancerCollection.Kind, added), added);
            },
            cancellationToken);

        return new() { LoadBalancers = [created.ToWire()] };
    }

    private static LoadBalancerType TypeOf(CreateLoadBalancerRequest request) => request.Type switch
    {
        "network" => LoadBalancerType.Network,

        // In AWS's words where a region has none, by which clients know it.
        "gateway" => throw CommonErrors.ValidationError.Because("Type must be one of: 'application, network'"),
        _ => LoadBalancerType.Application,
    };

    private static void CheckCarried(CreateLoadBalancerRequest request)
    {
        NotCarried.Unless("CustomerOwnedIpv4Pool", request.CustomerOwnedIpv4Pool, "");
        NotCarried.Unless("EnablePrefixForIpv6SourceNat", request.EnablePrefixForIpv6SourceNat, "off");
        NotCarried.Unless("IpamPools", request.IpamPools?.Ipv4IpamPoolId, "");
    }

    /// <summary>What the request describes, before it has an address.</summary>
    private LoadBalancer Requested(
        CreateLoadBalancerRequest request, Caller caller, LoadBalancerType type, Network network, string name,
        IReadOnlyList<Subnet> subnets)
    {
        Placement.CheckZones(type, subnets);
        if (subnets.Select(subnet => subnet.VpcId).Distinct().Skip(1).Any())
        {
            throw Errors.InvalidSubnet.Because("All subnets must be in the same VPC");
        }

        var vpcId = subnets[0].VpcId;
        var scheme = LoadBalancerMapping.ToScheme(request.Scheme);
        if (scheme == LoadBalancerScheme.InternetFacing && network.FindVpc(vpcId) is { HasInternetGateway: false })
        {
            throw Errors.InvalidSubnet.Because($"VPC {vpcId} has no internet gateway");
        }

        var groups = request.SecurityGroups is { Count: > 0 } named
            ? network.SecurityGroups(named, vpcId)
            : type == LoadBalancerType.Application ? [network.DefaultGroup(vpcId)] : [];
        var arn = Arn.OfLoadBalancer(caller.AccountId(), caller.Region, type, name);
        return new()
        {
            Arn = arn,
            Type = type,
            DnsName = dnsNames.New(arn, type, scheme),
            Address = System.Net.IPAddress.None,
            Scheme = scheme,
            CreatedTime = clock.GetUtcNow(),
            VpcId = vpcId,
            StickinessKey = RandomNumberGenerator.GetHexString(StickinessKeyDigits, lowercase: true),
            Subnets = Placement.Attached(subnets),
            SecurityGroups = Placement.Groups(groups, vpcId, quotas),
            Tags = default(EquatableArray<Core.Resources.Tag>).With(request.Tags.ToDomain(), quotas),
        };
    }
}
