using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

/// <summary>The load balancers as a kind of resource: how they are kept and found, and what they use.</summary>
public static class LoadBalancerCollection
{
    internal static readonly ResourceIndex<Arn, LoadBalancer, Scope> ByScope =
        new(loadBalancer => loadBalancer.Scope, loadBalancer => loadBalancer.Name);

    public static readonly ResourceKind<Arn, LoadBalancer> Kind = new("v2-load-balancer")
    {
        KeyOf = loadBalancer => loadBalancer.Arn,
        KeyText = arn => arn.ToString(),
        ParseKey = Arn.Parse,
        Document = LoadBalancerDocument.Form.LoadBalancer,
        Indexes = [ByScope],
        NotFound = _ => Errors.LoadBalancerNotFound.Because("One or more load balancers not found"),
        Uses = UsesOf,
        Named = (loadBalancer, hostName) => loadBalancer.AddressesOf(hostName),
        IsInternal = loadBalancer => loadBalancer.Scheme == LoadBalancerScheme.Internal,
        Ports = (loadBalancer, snapshot) => snapshot.Listeners.Of(loadBalancer.Arn).After(null).Select(listener => listener.Port),
        Place = PlaceOf,
        Arn = loadBalancer => loadBalancer.Arn.ToString(),
    };

    extension(Snapshot snapshot)
    {
        public ResourceCollection<Arn, LoadBalancer> V2LoadBalancers => snapshot.Of(Kind);
    }

    public static ResourceGroup<Arn, LoadBalancer> Of(this ResourceCollection<Arn, LoadBalancer> loadBalancers, Scope scope) =>
        loadBalancers.In(ByScope, scope);

    /// <summary>The load balancers of those names, each once; AWS's error, which tells all that there are not.</summary>
    public static IReadOnlyList<LoadBalancer> Get(
        this ResourceCollection<Arn, LoadBalancer> loadBalancers, Scope scope, IEnumerable<string> names)
    {
        var found = names.Distinct().ToLookup(name => loadBalancers.Of(scope).Find(name) is not null);
        return found.Contains(false)
            ? throw Errors.LoadBalancerNotFound.Because(
                $"Load balancers '[{string.Join(", ", found[false].Select(ResourceNames.Cut))}]' not found")
            : [.. found[true].Select(name => loadBalancers.Of(scope).Find(name)!)];
    }

    /// <summary>A network load balancer has a name for each zone besides.</summary>
    private static IEnumerable<Use> UsesOf(LoadBalancer loadBalancer) =>
    [
        .. loadBalancer.Addresses.All.Select(Use.OfAddress),
        .. loadBalancer.HostNames.Select(Use.OfHostName),
        .. loadBalancer.Type == LoadBalancerType.Network
            ? loadBalancer.Subnets.Select(subnet => Use.OfHostName(loadBalancer.NameIn(subnet.AvailabilityZone)))
            : [],
    ];

    private static NetworkPlace? PlaceOf(LoadBalancer loadBalancer) => new(
        loadBalancer.Arn.Account.ToString(),
        loadBalancer.Arn.Region,
        loadBalancer.Arn.Path,
        $"ELB {loadBalancer.Arn.Path}",
        loadBalancer.VpcId,
        [
            .. loadBalancer.Subnets.Select(
                subnet => (subnet.SubnetId, subnet.AvailabilityZone, loadBalancer.Addresses.InSubnet(subnet.SubnetId))),
        ],
        loadBalancer.SecurityGroups);
}
