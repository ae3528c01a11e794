using System.Collections.Immutable;

namespace CloudLb.Core.Resources;

/// <summary>Who uses what, over all kinds. Immutable.</summary>
internal sealed class ResourceUses
{
    private static readonly int Sorts = Enum.GetValues<Used>().Length;

    // By Used, then by the id of what is used.
    private readonly ImmutableArray<ImmutableDictionary<object, ImmutableSortedSet<ResourceUser>>> _users;

    private ResourceUses(ImmutableArray<ImmutableDictionary<object, ImmutableSortedSet<ResourceUser>>> users) => _users = users;

    /// <summary>All at once, for a start with thousands.</summary>
    public static ResourceUses Of(IEnumerable<(ResourceUser User, object Value)> resources)
    {
        var lists = Enumerable.Range(0, Sorts).Select(_ => new Dictionary<object, List<ResourceUser>>()).ToArray();
        foreach (var (user, value) in resources)
        {
            foreach (var use in user.Kind.UsesOf(value))
            {
                var users = lists[(int)use.What];
                if (!users.TryGetValue(use.Id, out var list))
                {
                    users.Add(use.Id, list = []);
                }

                list.Add(user);
            }
        }

        return new([.. lists.Select(users => users.ToImmutableDictionary(pair => pair.Key, pair => pair.Value.ToImmutableSortedSet()))]);
    }

    /// <summary>How many things of a sort are in use.</summary>
    public int Count(Used what) => _users[(int)what].Count;

    /// <summary>All of a sort, in no order.</summary>
    public IEnumerable<Use> All(Used what) => _users[(int)what].Keys.Select(id => new Use(what, id));

    public ImmutableSortedSet<ResourceUser> Users(Use use) =>
        _users[(int)use.What].GetValueOrDefault(use.Id, ImmutableSortedSet<ResourceUser>.Empty);

    public bool Has(Use use) => _users[(int)use.What].ContainsKey(use.Id);

    /// <param name="user">The resource that changes.</param>
    /// <param name="before">Null when it is new.</param>
    /// <param name="after">Null when it is gone.</param>
    public ResourceUses With(ResourceUser user, object? before, object? after)
    {
        List<Use> former = before is null ? [] : [.. user.Kind.UsesOf(before)];
        List<Use> current = after is null ? [] : [.. user.Kind.UsesOf(after)];
        if (former.SequenceEqual(current))
        {
            return this;
        }

        var users = _users.ToBuilder();
        foreach (var use in former.Except(current))
        {
            var all = users[(int)use.What];
            var left = all[use.Id].Remove(user);
            users[(int)use.What] = left.IsEmpty ? all.Remove(use.Id) : all.SetItem(use.Id, left);
        }

        foreach (var use in current.Except(former))
        {
            var all = users[(int)use.What];
            users[(int)use.What] = all.SetItem(use.Id, all.GetValueOrDefault(use.Id, ImmutableSortedSet<ResourceUser>.Empty).Add(user));
        }

        return new(users.ToImmutable());
    }
}
