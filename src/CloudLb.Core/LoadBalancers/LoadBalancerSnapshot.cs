using System.Collections.Immutable;
using System.Net;
using CloudLb.Core.Accounts;

namespace CloudLb.Core.LoadBalancers;

/// <summary>All load balancers at one moment. Immutable: a reader keeps what it has while the next one is made.</summary>
public sealed class LoadBalancerSnapshot
{
    public static readonly LoadBalancerSnapshot Empty =
        new(ImmutableSortedDictionary<LoadBalancerKey, LoadBalancer>.Empty, ImmutableDictionary<Scope, ImmutableSortedSet<string>>.Empty, ImmutableDictionary<IPAddress, LoadBalancerKey>.Empty);

    private readonly ImmutableSortedDictionary<LoadBalancerKey, LoadBalancer> _byKey;
    private readonly ImmutableDictionary<Scope, ImmutableSortedSet<string>> _names;
    private readonly ImmutableDictionary<IPAddress, LoadBalancerKey> _addresses;

    private LoadBalancerSnapshot(
        ImmutableSortedDictionary<LoadBalancerKey, LoadBalancer> byKey,
        ImmutableDictionary<Scope, ImmutableSortedSet<string>> names,
        ImmutableDictionary<IPAddress, LoadBalancerKey> addresses)
    {
        _byKey = byKey;
        _names = names;
        _addresses = addresses;
    }

    /// <summary>All of them at once, for a start with thousands; of two with the same key, the later.</summary>
    public static LoadBalancerSnapshot Of(IEnumerable<LoadBalancer> loadBalancers)
    {
        var byKey = ImmutableSortedDictionary.CreateBuilder<LoadBalancerKey, LoadBalancer>();
        foreach (var loadBalancer in loadBalancers)
        {
            byKey[loadBalancer.Key] = loadBalancer;
        }

        var names = byKey.Keys
            .GroupBy(key => new Scope(key.Account, key.Region), key => key.Name)
            .ToImmutableDictionary(scope => scope.Key, scope => scope.ToImmutableSortedSet(StringComparer.Ordinal));
        return new(byKey.ToImmutable(), names, byKey.Values.DistinctBy(loadBalancer => loadBalancer.Address).ToImmutableDictionary(loadBalancer => loadBalancer.Address, loadBalancer => loadBalancer.Key));
    }

    public int Count => _byKey.Count;

    /// <summary>In the order of their keys.</summary>
    public IEnumerable<LoadBalancer> All => _byKey.Values;

    public LoadBalancer? Find(LoadBalancerKey key) => _byKey.GetValueOrDefault(key);

    /// <summary>The load balancer, or AWS's LoadBalancerNotFound.</summary>
    public LoadBalancer Get(LoadBalancerKey key) => Find(key) ?? throw NotFound(key);

    public int CountIn(AccountId account, string region) => Names(account, region).Count;

    /// <summary>The load balancer whose address it is; null when it is none's.</summary>
    public LoadBalancer? FindByAddress(IPAddress address) => _addresses.TryGetValue(address, out var key) ? Find(key) : null;

    public bool IsAddressInUse(IPAddress address) => _addresses.ContainsKey(address);

    /// <summary>Up to <paramref name="size"/> load balancers of an account and region in the order of their names, after the name given.</summary>
    public IReadOnlyList<LoadBalancer> Page(AccountId account, string region, string? afterName, int size)
    {
        var names = Names(account, region);
        var index = afterName is null ? 0 : names.IndexOf(afterName);
        var first = index < 0 ? ~index : afterName is null ? 0 : index + 1;
        var last = (int)Math.Min((long)first + size, names.Count);
        var page = new List<LoadBalancer>(Math.Max(0, last - first));
        for (var position = first; position < last; position++)
        {
            page.Add(_byKey[new(account, region, names[position])]);
        }

        return page;
    }

    public LoadBalancerSnapshot With(LoadBalancer loadBalancer)
    {
        var scope = new Scope(loadBalancer.Key.Account, loadBalancer.Key.Region);
        var names = _names.GetValueOrDefault(scope, ImmutableSortedSet.Create<string>(StringComparer.Ordinal));
        var addresses = Find(loadBalancer.Key) is { } previous ? _addresses.Remove(previous.Address) : _addresses;
        return new(
            _byKey.SetItem(loadBalancer.Key, loadBalancer), _names.SetItem(scope, names.Add(loadBalancer.Key.Name)), addresses.SetItem(loadBalancer.Address, loadBalancer.Key));
    }

    public LoadBalancerSnapshot Without(LoadBalancerKey key)
    {
        if (Find(key) is not { } previous)
        {
            return this;
        }

        // A region is whatever a caller signed with: one that is empty again leaves nothing behind.
        var scope = new Scope(key.Account, key.Region);
        var names = _names[scope].Remove(key.Name);
        return new(_byKey.Remove(key), names.IsEmpty ? _names.Remove(scope) : _names.SetItem(scope, names), _addresses.Remove(previous.Address));
    }

    /// <summary>AWS's answer for a name that it does not know.</summary>
    public static ServiceException NotFound(LoadBalancerKey key) =>
        new(ErrorCode.LoadBalancerNotFound, $"There is no ACTIVE Load Balancer named '{key.Name}'");

    private ImmutableSortedSet<string> Names(AccountId account, string region) =>
        _names.GetValueOrDefault(new(account, region), ImmutableSortedSet<string>.Empty);

    private readonly record struct Scope(AccountId Account, string Region);
}
