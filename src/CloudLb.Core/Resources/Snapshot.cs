using System.Collections.Immutable;
using System.Net;

namespace CloudLb.Core.Resources;

/// <summary>
/// Everything that is kept at one moment, of all kinds. Immutable: a reader keeps what it has while the next one is made. Read without
/// waiting.
/// </summary>
public sealed class Snapshot
{
    private readonly ResourceKinds _kinds;
    private readonly ImmutableArray<ResourceCollection> _collections;
    private readonly ResourceUses _uses;

    // What was made of the snapshot that a store published, the newest first.
    private readonly Step? _steps;
    private readonly object _origin;

    internal Snapshot(ResourceKinds kinds, ImmutableArray<ResourceCollection> collections, ResourceUses uses, long revision)
        : this(kinds, collections, uses, revision, null, new object())
    {
    }

    private Snapshot(
        ResourceKinds kinds, ImmutableArray<ResourceCollection> collections, ResourceUses uses, long revision, Step? steps,
        object origin) =>
        (_kinds, _collections, _uses, Revision, _steps, _origin) = (kinds, collections, uses, revision, steps, origin);

    /// <summary>Of the last commit in it.</summary>
    public long Revision { get; }

    public IReadOnlyList<ResourceKind> Kinds => _kinds.All;

    public ResourceCollection<TKey, TValue> Of<TKey, TValue>(ResourceKind<TKey, TValue> kind)
        where TKey : class
        where TValue : class => (ResourceCollection<TKey, TValue>)Of((ResourceKind)kind);

    public ResourceCollection Of(ResourceKind kind) => _collections[_kinds.PositionOf(kind)];

    /// <summary>With a resource that is new, or in place of the one that has its key. One that is equal stays the same object.</summary>
    public Snapshot With<TKey, TValue>(ResourceKind<TKey, TValue> kind, TValue value)
        where TKey : class
        where TValue : class
    {
        var key = kind.KeyOf(value);
        var before = Of(kind).Find(key);
        return before is not null && before.Equals(value) ? this : Next(kind, key, before, value);
    }

    /// <summary>Without a resource; one that is not there is no error.</summary>
    public Snapshot Without<TKey, TValue>(ResourceKind<TKey, TValue> kind, TKey key)
        where TKey : class
        where TValue : class => Of(kind).Find(key) is { } before ? Next(kind, key, before, null) : this;

    /// <summary>How many things of a sort are in use.</summary>
    public int CountUsed(Used what) => _uses.Count(what);

    /// <summary>What of a sort is in use, in no order.</summary>
    public IEnumerable<Use> InUse(Used what) => _uses.All(what);

    public bool IsUsed(Use use) => _uses.Has(use);

    /// <summary>Whoever uses it, in the order of kinds and keys.</summary>
    public IReadOnlyCollection<ResourceUser> UsersOf(Use use) => _uses.Users(use);

    /// <summary>A resource's ARN; null when it has none, or is not there.</summary>
    public string? ArnOf(ResourceUser user) => Of(user.Kind).FindObject(user.Key) is { } value ? user.Kind.ArnOf(value) : null;

    /// <summary>What a resource uses; nothing when it is not there.</summary>
    public IEnumerable<Use> UsesOf(ResourceUser user) => Of(user.Kind).FindObject(user.Key) is { } value ? user.Kind.UsesOf(value) : [];

    /// <summary>Where a host name leads to that a resource uses.</summary>
    public IEnumerable<IPAddress> AddressesOf(ResourceUser user, string hostName) =>
        Of(user.Kind).FindObject(user.Key) is { } value ? user.Kind.AddressesOf(value, hostName) : [];

    /// <summary>Whether a resource's addresses are for its own networks alone.</summary>
    public bool IsInternal(ResourceUser user) =>
        Of(user.Kind).FindObject(user.Key) is { } value && user.Kind.IsInternalOf(value);

    /// <summary>Whether a resource that has the address listens on the port there.</summary>
    public bool IsListening(IPAddress address, int port)
    {
        foreach (var user in _uses.Users(Use.OfAddress(address)))
        {
            if (Of(user.Kind).FindObject(user.Key) is { } value && user.Kind.ListensOn(value, port, this))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The ids of the instances that get traffic at a time, those that drain still included, as often as they are named.</summary>
    public IEnumerable<string> InstancesInUse(DateTimeOffset now) =>
        _kinds.All.SelectMany(kind => Of(kind).Values.SelectMany(value => kind.InstancesOf(value, now)));

    /// <summary>Where an account's resources are in the VPCs of a region.</summary>
    public IEnumerable<NetworkPlace> PlacesIn(string account, string region) => _kinds.All
        .SelectMany(kind => Of(kind).Values.Select(kind.PlaceOf)).OfType<NetworkPlace>()
        .Where(place => place.Account == account && place.Region == region);

    /// <summary>For a store: whether the other was made of this one by changes.</summary>
    public bool IsAncestorOf(Snapshot next)
    {
        if (!ReferenceEquals(_origin, next._origin))
        {
            return false;
        }

        var step = next._steps;
        while (step is not null && !ReferenceEquals(step, _steps))
        {
            step = step.Before;
        }

        return ReferenceEquals(step, _steps);
    }

    /// <summary>For a store: what changes have made another of than it was in the published snapshot, each once.</summary>
    public IReadOnlyList<ResourceDelta> DeltaFrom(Snapshot published)
    {
        var seen = new HashSet<ResourceUser>();
        var delta = new List<ResourceDelta>();
        for (var step = _steps; step is not null; step = step.Before)
        {
            if (seen.Add(step.Resource))
            {
                var (kind, key) = step.Resource;
                var value = Of(kind).FindObject(key);
                if (!ReferenceEquals(value, published.Of(kind).FindObject(key)))
                {
                    delta.Add(new(kind, key, value));
                }
            }
        }

        return delta;
    }

    /// <summary>For a store: the same as a snapshot of its own, written by a commit.</summary>
    public Snapshot AsPublished(long revision) => new(_kinds, _collections, _uses, revision);

    private Snapshot Next<TKey, TValue>(ResourceKind<TKey, TValue> kind, TKey key, TValue? before, TValue? after)
        where TKey : class
        where TValue : class
    {
        var resource = new ResourceUser(kind, key);
        return new(
            _kinds,
            _collections.SetItem(_kinds.PositionOf(kind), Of(kind).With(key, before, after)),
            _uses.With(resource, before, after),
            Revision,
            new(resource, _steps),
            _origin);
    }

    private sealed record Step(ResourceUser Resource, Step? Before);
}
