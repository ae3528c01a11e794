using System.Collections.Frozen;
using System.Collections.Immutable;

namespace CloudLb.Core.Accounts;

/// <summary>All access keys at one moment, and their owners. Immutable: a reader keeps what it has while the next one is made.</summary>
public sealed class AccessKeySnapshot
{
    /// <summary>AWS's quota AccessKeysPerUser, inactive ones counted; it cannot be raised there either.</summary>
    public const int MaximumPerOwner = 2;

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

    /// <summary>The owner, or IAM's NoSuchEntity.</summary>
    public AccessKeyUser GetUser(AccessKeyOwner owner) => FindUser(owner)
        ?? throw new ServiceException(ErrorCode.NoSuchEntity, $"The user with name {owner.UserName} cannot be found.");

    /// <summary>The key, or IAM's NoSuchEntity: another owner's is not there.</summary>
    public AccessKey Get(AccessKeyOwner owner, string accessKeyId) => Find(accessKeyId) is { } key && key.Owner == GetUser(owner).Owner
        ? key
        : throw new ServiceException(ErrorCode.NoSuchEntity, $"The Access Key with id {accessKeyId} cannot be found.");

    /// <summary>An owner's keys in the order of their ids; NoSuchEntity when there is no such owner.</summary>
    public IEnumerable<AccessKey> Of(AccessKeyOwner owner)
    {
        var user = GetUser(owner);
        return _keys.Values.Where(key => key.Owner == user.Owner).OrderBy(key => key.AccessKeyId, StringComparer.Ordinal);
    }

    /// <summary>LimitExceeded when the owner of a key that was just made has as many as may be.</summary>
    public void EnsureRoomFor(AccessKey key)
    {
        if (Of(key.Owner).Count() >= MaximumPerOwner)
        {
            throw new ServiceException(ErrorCode.LimitExceeded, $"Cannot exceed quota for AccessKeysPerUser: {MaximumPerOwner}");
        }
    }

    /// <summary>Adds a key, or replaces the one that has its id.</summary>
    public AccessKeySnapshot With(AccessKey key) => new(_users, _keys.SetItem(key.AccessKeyId, key));

    /// <summary>
    /// UnmodifiableEntity when no active key with full permission would be left in the account. AWS has its console for whoever has locked himself out;
    /// here nothing but the machine itself would be left.
    /// </summary>
    public void EnsureNotLast(AccessKey key)
    {
        if (key is { UserName: null, IsActive: true } && !Of(key.Owner).Any(other => other.IsActive && other.AccessKeyId != key.AccessKeyId))
        {
            throw new ServiceException(
                ErrorCode.UnmodifiableEntity,
                $"{key.AccessKeyId} is the last active access key with full permission of account {key.Account}. Create another one first.");
        }
    }
}
