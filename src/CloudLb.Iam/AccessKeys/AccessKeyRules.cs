using CloudLb.Core.Accounts;

namespace CloudLb.Iam.AccessKeys;

/// <summary>IAM's rules of access keys.</summary>
internal static class AccessKeyRules
{
    /// <summary>AWS's quota AccessKeysPerUser, inactive ones counted; it cannot be raised there either.</summary>
    public const int MaximumPerOwner = 2;

    /// <summary>The owner, or IAM's NoSuchEntity.</summary>
    public static AccessKeyUser GetUser(this AccessKeySnapshot keys, AccessKeyOwner owner) =>
        keys.FindUser(owner) ?? throw Errors.NoSuchEntity.Because($"The user with name {owner.UserName} cannot be found.");

    /// <summary>The key, or IAM's NoSuchEntity: another owner's is not there.</summary>
    public static AccessKey Get(this AccessKeySnapshot keys, AccessKeyOwner owner, string accessKeyId) =>
        keys.Find(accessKeyId) is { } key && key.Owner == keys.GetUser(owner).Owner
            ? key
            : throw Errors.NoSuchEntity.Because($"The Access Key with id {accessKeyId} cannot be found.");

    /// <summary>An owner's keys in the order of their ids; NoSuchEntity when there is no such owner.</summary>
    public static IEnumerable<AccessKey> Of(this AccessKeySnapshot keys, AccessKeyOwner owner)
    {
        var user = keys.GetUser(owner);
        return keys.All.Where(key => key.Owner == user.Owner).OrderBy(key => key.AccessKeyId, StringComparer.Ordinal);
    }

    /// <summary>LimitExceeded when the owner of a key that was just made has as many as may be.</summary>
    public static void EnsureRoomFor(this AccessKeySnapshot keys, AccessKey key)
    {
        if (keys.Of(key.Owner).Count() >= MaximumPerOwner)
        {
            throw Errors.LimitExceeded.Because($"Cannot exceed quota for AccessKeysPerUser: {MaximumPerOwner}");
        }
    }

    /// <summary>
    /// UnmodifiableEntity when no active key with full permission would be left in the account. AWS has its console for whoever has locked
    /// himself out; here nothing but the machine itself would be left.
    /// </summary>
    public static void EnsureNotLast(this AccessKeySnapshot keys, AccessKey key)
    {
        if (key is { UserName: null, IsActive: true }
            && !keys.Of(key.Owner).Any(other => other.IsActive && other.AccessKeyId != key.AccessKeyId))
        {
            throw Errors.UnmodifiableEntity.Because(
                $"{key.AccessKeyId} is the last active access key with full permission of account {key.Account}. " +
                "Create another one first.");
        }
    }
}
