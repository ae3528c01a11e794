using CloudLb.AwsQuery;
using CloudLb.AwsQuery.Dispatch;
using CloudLb.Core;
using CloudLb.Core.Addresses;
using CloudLb.Core.Certificates;
using CloudLb.Core.LoadBalancers;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Mapping;
using Listener = CloudLb.Core.LoadBalancers.Listener;
using Tag = CloudLb.Core.LoadBalancers.Tag;

namespace CloudLb.Elb.Operations;

/// <summary>Makes a load balancer. Made again with the same parameters it is the one there is; with others it is DuplicateLoadBalancerName.</summary>
internal sealed class CreateLoadBalancer(
    ILoadBalancerStore store, ICertificateStore certificates, IAddressAllocator addresses, IRegionZones zones, DnsNames dnsNames, Quotas quotas, TimeProvider clock)
    : IOperation<CreateLoadBalancerRequest, CreateLoadBalancerResponse>
{
    public async Task<CreateLoadBalancerResponse> ExecuteAsync(CreateLoadBalancerRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var key = caller.LoadBalancer(request.LoadBalancerName);
        var enabledZones = Zones(request, key.Region);
        var scheme = SchemeMapping.ToScheme(request.Scheme);
        RefuseSecurityGroups(request.SecurityGroups);
        var tags = request.Tags.ToDomain();

        var created = await store.CreateAsync(
            key,
            snapshot =>
            {
                var listeners = request.Listeners.ToDomain(key.Account, certificates.Current);
                var requested = Requested(key, enabledZones, listeners, scheme, tags);
                return snapshot.Find(key) is { } existing ? existing.MatchRepeatedCreation(requested) : New(requested, snapshot);
            },
            cancellationToken);

        return new() { DNSName = created.DnsName };
    }

    /// <summary>What the request describes, before it has an address or a DNS name.</summary>
    private LoadBalancer Requested(
        LoadBalancerKey key, IReadOnlyList<string> enabledZones, IReadOnlyList<Listener> listeners, LoadBalancerScheme scheme, IReadOnlyCollection<Tag> tags) =>
        new LoadBalancer
        {
            Key = key,
            DnsName = "",
            Address = System.Net.IPAddress.None,
            Scheme = scheme,
            CreatedTime = clock.GetUtcNow(),
            Listeners = [],
            AvailabilityZones = LoadBalancer.Sorted(enabledZones),
            HealthCheck = Core.LoadBalancers.HealthCheck.Default(listeners[0].InstancePort),
        }
        .WithListeners(listeners, quotas)
        .WithTags(tags, quotas);

    private LoadBalancer New(LoadBalancer requested, LoadBalancerSnapshot snapshot)
    {
        var key = requested.Key;
        return snapshot.CountIn(key.Account, key.Region) < quotas.LoadBalancers
            ? requested with { DnsName = dnsNames.New(key, requested.Scheme), Address = addresses.Allocate(snapshot) }
            : throw new ServiceException(ErrorCode.TooManyLoadBalancers, $"Exceeded quota of account {key.Account}");
    }

    private IReadOnlyList<string> Zones(CreateLoadBalancerRequest request, string region)
    {
        var names = request.AvailabilityZones ?? [];
        return (names.Count, request.Subnets?.Count ?? 0) switch
        {
            ( > 0, > 0) => throw new ServiceException(ErrorCode.ValidationError, "Only one of SubnetIds or AvailabilityZones may be specified"),
            (0, 0) => throw new ServiceException(ErrorCode.ValidationError, "Either AvailabilityZones or SubnetIds must be specified"),
            (0, _) => throw new ServiceException(ErrorCode.SubnetNotFound, $"The subnet ID '{request.Subnets![0]}' does not exist"),
            _ => zones.Check(region, names),
        };
    }

    private static void RefuseSecurityGroups(IReadOnlyList<string>? groups)
    {
        if (groups is [var first, ..])
        {
            throw new ServiceException(ErrorCode.InvalidSecurityGroup, $"The security group '{first}' does not exist");
        }
    }
}
