using CloudLb.Core.Accounts;
using CloudLb.Core.Resources;

namespace CloudLb.Iam.AccessKeys;

/// <summary>What is done to access keys. A change holds for every request that is read after its answer.</summary>
internal sealed class AccessKeyChanges(IResourceStore store, ITextSealer sealer, KnownAccessKeys keys)
{
    /// <summary>Adds a key; LimitExceeded when its owner has as many as may be.</summary>
    /// <param name="key">New, of an owner that there is.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task<AccessKey> CreateAsync(AccessKey key, CancellationToken cancellationToken)
    {
        var secret = sealer.Seal(key.AccessKeyId, key.SecretAccessKey);
        return store.ChangeAsync(
            snapshot =>
            {
                keys.Of(snapshot).EnsureRoomFor(key);
                return (snapshot.With(KnownAccessKeys.Kind, StoredAccessKey.Of(key, secret)), key);
            },
            cancellationToken);
    }

    /// <summary>
    /// Has a key sign, or sign no more; NoSuchEntity when the owner has none by that id, UnmodifiableEntity when the account would be
    /// locked out.
    /// </summary>
    public Task SetActiveAsync(
        AccessKeyOwner owner, string accessKeyId, bool isActive, CancellationToken cancellationToken) => store.ChangeAsync(
        snapshot =>
        {
            var all = keys.Of(snapshot);
            var before = all.Get(owner, accessKeyId);
            if (before.IsActive == isActive)
            {
                return snapshot;
            }

            all.EnsureNotLast(before);
            var secret = snapshot.Of(KnownAccessKeys.Kind).Find(accessKeyId)?.Secret;
            return snapshot.With(KnownAccessKeys.Kind, StoredAccessKey.Of(before with { IsActive = isActive }, secret));
        },
        cancellationToken);

    /// <summary>Removes a key for good, whatever the settings say; refused as <see cref="SetActiveAsync"/> is.</summary>
    public Task DeleteAsync(AccessKeyOwner owner, string accessKeyId, CancellationToken cancellationToken) => store.ChangeAsync(
        snapshot =>
        {
            var all = keys.Of(snapshot);
            var key = all.Get(owner, accessKeyId);
            all.EnsureNotLast(key);
            return snapshot.With(KnownAccessKeys.Kind, StoredAccessKey.Of(key, secret: null) with { Status = AccessKeyStatus.Deleted });
        },
        cancellationToken);
}
