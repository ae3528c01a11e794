using System.Collections.Frozen;
using System.Collections.Immutable;

namespace CloudLb.Core.Accounts;

/// <summary>All access keys at one moment, and their owners. Immutable: a reader keeps what it has while the next one is made.</summary>
public sealed class AccessKeySnapshot
{
    private readonly FrozenDictionary<AccessKeyOwner, AccessKeyUser> _users;
    private readonly ImmutableDictionary<string, AccessKey> _keys;

    /// <param name="users">They stay the same while the process runs.</param>
    public AccessKeySnapshot(IEnumerable<AccessKeyUser> users)
        : this(users.ToFrozenDictionary(user => user.Owner), ImmutableDictionary<string, AccessKey>.Empty)
    {
    }

    private AccessKeySnapshot(FrozenDictionary<AccessKeyOwner, AccessKeyUser> users, ImmutableDictionary<string, AccessKey> keys)
    {
        _users = users;
        _keys = keys;
    }

    public int Count => _keys.Count;

    public AccessKey? Find(string accessKeyId) => _keys.GetValueOrDefault(accessKeyId);

    public AccessKeyUser? FindUser(AccessKeyOwner owner) => _users.GetValueOrDefault(owner);

    /// <summary>In no particular order.</summary>
    public IEnumerable<AccessKey> All => _keys.Values;

    /// <summary>Adds a key, or replaces the one that has its id.</summary>
    public AccessKeySnapshot With(AccessKey key) => new(_users, _keys.SetItem(key.AccessKeyId, key));
}
