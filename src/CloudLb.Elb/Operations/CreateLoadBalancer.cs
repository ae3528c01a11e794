using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Addresses;
using CloudLb.Core.Certificates;
using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Templates;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Mapping;
using Listener = CloudLb.Elb.Domain.Listener;
using Tag = CloudLb.Core.Resources.Tag;

namespace CloudLb.Elb.Operations;

/// <summary>
/// Makes a load balancer. Made again with the same parameters it is the one there is; with others it is DuplicateLoadBalancerName.
/// </summary>
internal sealed class CreateLoadBalancer(
    IResourceStore store, AddressAssignment addresses, IRegionZones zones, Networks networks, DnsNames dnsNames,
    Quotas quotas, Sharing sharing, ITemplateRights templates, TimeProvider clock)
    : IOperation<CreateLoadBalancerRequest, CreateLoadBalancerResponse>
{
    public async Task<CreateLoadBalancerResponse> ExecuteAsync(
        CreateLoadBalancerRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var key = caller.LoadBalancer(request.LoadBalancerName);
        CheckPlace(request);
        var scheme = SchemeMapping.ToScheme(request.Scheme);
        var network = await networks.FindAsync(
            key.Account, key.Region, [.. request.Subnets ?? [], .. request.SecurityGroups ?? []], cancellationToken);
        var tags = request.Tags.ToDomain();
        if (TemplateTag.WhyNot(tags, key.Account, templates) is { } why)
        {
            throw CommonErrors.ValidationError.Because(why);
        }

        var created = await store.CreateAsync(
            key,
            snapshot =>
            {
                var listeners = request.Listeners.ToDomain(key, snapshot.Certificates);
                var requested = Placed(Requested(key, listeners, scheme, tags), request, network);
                return snapshot.LoadBalancers.Find(key) is { } existing
                    ? existing.MatchRepeatedCreation(requested)
                    : New(requested, snapshot);
            },
            cancellationToken);

        return new() { DNSName = created.DnsName };
    }

    /// <summary>What the request describes, before it has a place, an address or a DNS name.</summary>
    private LoadBalancer Requested(
        LoadBalancerKey key, IReadOnlyList<Listener> listeners, LoadBalancerScheme scheme, IReadOnlyCollection<Tag> tags) =>
        new LoadBalancer
        {
            Key = key,
            DnsName = "",
            Address = System.Net.IPAddress.None,
            Scheme = scheme,
            CreatedTime = clock.GetUtcNow(),
            Listeners = [],
            AvailabilityZones = [],
            HealthCheck = Domain.HealthCheck.Default(listeners[0].InstancePort),
        }
        .WithListeners(listeners, quotas)
        .WithTags(tags, quotas);

    private LoadBalancer New(LoadBalancer requested, Snapshot snapshot)
    {
        var key = requested.Key;
        return snapshot.LoadBalancers.CountIn(key.Account, key.Region) < quotas.LoadBalancers
            ? requested.EnsureShareable(sharing, snapshot, before: null) with
            {
                DnsName = UnusedName(key, requested.Scheme, snapshot),
                Addresses = addresses.New(snapshot, requested.AddressWish),
            }
            : throw Errors.TooManyLoadBalancers.Because($"Exceeded quota of account {key.Account}");
    }

    private string UnusedName(LoadBalancerKey key, LoadBalancerScheme scheme, Snapshot snapshot)
    {
        while (true)
        {
            var name = dnsNames.New(key, scheme);
            if (!snapshot.IsUsed(Use.OfHostName(name)))
            {
                return name;
            }
        }
    }

    /// <summary>Either zones or subnets, never both.</summary>
    private static void CheckPlace(CreateLoadBalancerRequest request)
    {
        switch (request.AvailabilityZones?.Count ?? 0, request.Subnets?.Count ?? 0)
        {
            case ( > 0, > 0):
                throw CommonErrors.ValidationError.Because("Only one of SubnetIds or AvailabilityZones may be specified");
            case (0, 0):
                throw CommonErrors.ValidationError.Because("Either AvailabilityZones or SubnetIds must be specified");
        }
    }

    private LoadBalancer Placed(LoadBalancer requested, CreateLoadBalancerRequest request, Network network)
    {
        var placed = request.Subnets is { Count: > 0 } subnets
            ? requested.InVpc(network.Subnets(subnets), network)
            : requested.InDefaultVpc(zones.Check(requested.Key.Region, request.AvailabilityZones!), network);
        placed.EnsureReachable(network);
        return request.SecurityGroups is { Count: > 0 } groups
            ? placed.WithSecurityGroups(network.SecurityGroups(groups, placed.VpcId))
            : placed;
    }
}
