using CloudLb.Core;
using CloudLb.Core.Accounts;
using CloudLb.Core.Addresses;
using CloudLb.Core.Resources;

namespace CloudLb.Elb.Domain;

/// <summary>The load balancers as a kind of resource: how they are kept and found, and what they use.</summary>
public static class LoadBalancerCollection
{
    private static readonly ResourceIndex<LoadBalancerKey, LoadBalancer, LoadBalancerScope> ByScope =
        new(loadBalancer => new(loadBalancer.Key.Account, loadBalancer.Key.Region), loadBalancer => loadBalancer.Key.Name);

    public static readonly ResourceKind<LoadBalancerKey, LoadBalancer> Kind = new("classic-load-balancer")
    {
        KeyOf = loadBalancer => loadBalancer.Key,
        KeyText = key => key.ToString(),
        ParseKey = LoadBalancerKey.Parse,
        Document = LoadBalancerDocument.Form.LoadBalancer,
        Indexes = [ByScope],
        NotFound = NotFound,
        Uses = UsesOf,
        Named = (loadBalancer, _) => loadBalancer.Addresses.Named,
        IsInternal = loadBalancer => loadBalancer.Scheme == LoadBalancerScheme.Internal,
        Ports = (loadBalancer, _) => loadBalancer.Listeners.Select(listener => listener.LoadBalancerPort),
        Instances = InstancesOf,
        Place = PlaceOf,
        Arn = loadBalancer => ArnOf(loadBalancer.Key),
    };

    extension(Snapshot snapshot)
    {
        public ResourceCollection<LoadBalancerKey, LoadBalancer> LoadBalancers => snapshot.Of(Kind);
    }

    public static int CountIn(this ResourceCollection<LoadBalancerKey, LoadBalancer> loadBalancers, AccountId account, string region) =>
        loadBalancers.In(ByScope, new(account, region)).Count;

    /// <summary>
    /// Up to <paramref name="size"/> load balancers of an account and region in the order of their names, after the name given.
    /// </summary>
    public static IReadOnlyList<LoadBalancer> Page(
        this ResourceCollection<LoadBalancerKey, LoadBalancer> loadBalancers, AccountId account, string region, string? afterName,
        int size) =>
        loadBalancers.In(ByScope, new(account, region)).Page(afterName, size);

    /// <summary>
    /// Adds a load balancer, or returns the one that <paramref name="create"/> settled on: given everything there is, the new load
    /// balancer, or the existing one to leave it as it is.
    /// </summary>
    public static Task<LoadBalancer> CreateAsync(
        this IResourceStore store, LoadBalancerKey key, Func<Snapshot, LoadBalancer> create, CancellationToken cancellationToken) =>
        store.PutAsync(Kind, key, create, cancellationToken);

    /// <summary>Replaces a load balancer by what <paramref name="update"/> makes of it; LoadBalancerNotFound when there is none.</summary>
    public static Task<LoadBalancer> UpdateAsync(
        this IResourceStore store, LoadBalancerKey key, Func<LoadBalancer, LoadBalancer> update, CancellationToken cancellationToken) =>
        store.UpdateAsync(Kind, key, (loadBalancer, _) => update(loadBalancer), cancellationToken);

    /// <summary>As above, for what depends on other resources too.</summary>
    public static Task<LoadBalancer> UpdateAsync(
        this IResourceStore store, LoadBalancerKey key, Func<LoadBalancer, Snapshot, LoadBalancer> update,
        CancellationToken cancellationToken) =>
        store.UpdateAsync(Kind, key, update, cancellationToken);

    /// <summary>Removes a load balancer; one that does not exist is no error.</summary>
    public static Task DeleteAsync(this IResourceStore store, LoadBalancerKey key, CancellationToken cancellationToken) =>
        store.DeleteAsync(Kind, key, cancellationToken);

    private static ServiceException NotFound(LoadBalancerKey key) =>
        Errors.LoadBalancerNotFound.Because($"There is no ACTIVE Load Balancer named '{key.Name}'");

    private static string ArnOf(LoadBalancerKey key) => $"arn:aws:elasticloadbalancing:{key.Region}:{key.Account}:loadbalancer/{key.Name}";

    private static NetworkPlace? PlaceOf(LoadBalancer loadBalancer) => loadBalancer.VpcId is { } vpc
        ? new(
            loadBalancer.Key.Account.ToString(),
            loadBalancer.Key.Region,
            loadBalancer.Key.Name,
            $"ELB {loadBalancer.Key.Name}",
            vpc,
            [
                .. loadBalancer.Subnets.Select(
                    subnet => (subnet.SubnetId, subnet.AvailabilityZone, loadBalancer.Addresses.InSubnet(subnet.SubnetId))),
            ],
            loadBalancer.SecurityGroups)
        : null;

    private static IEnumerable<Use> UsesOf(LoadBalancer loadBalancer)
    {
        foreach (var address in loadBalancer.Addresses.All)
        {
            yield return Use.OfAddress(address);
        }

        foreach (var name in loadBalancer.HostNames)
        {
            yield return Use.OfHostName(name);
        }

        foreach (var listener in loadBalancer.Listeners)
        {
            yield return Sharing.UseOf(listener.SharedKind, listener.LoadBalancerPort);
            if (listener.CertificateId is { } certificate)
            {
                yield return Use.OfCertificate(certificate);
            }
        }
    }

    private static IEnumerable<string> InstancesOf(LoadBalancer loadBalancer, DateTimeOffset now) => loadBalancer.Instances
        .Concat(loadBalancer.Draining.Where(entry => entry.Until > now).Select(entry => entry.Instance))
        .Select(instance => instance.InstanceId);
}
