namespace CloudLb.Core.Accounts;

/// <summary>
/// Keeps the access keys that were made through IAM, their secrets encrypted, and what has become of those that the settings give. A change is answered
/// when it is durable, and holds for every request that is read after that.
/// </summary>
public interface IAccessKeyStore : IAccessKeySource
{
    /// <summary>Everything that was answered so far, read from memory.</summary>
    AccessKeySnapshot Current { get; }

    /// <summary>Adds a key; LimitExceeded when its owner has as many as may be.</summary>
    /// <param name="key">New, of an owner that there is.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<AccessKey> CreateAsync(AccessKey key, CancellationToken cancellationToken);

    /// <summary>Has a key sign, or sign no more; NoSuchEntity when the owner has none by that id, UnmodifiableEntity when the account would be locked out.</summary>
    Task<AccessKey> SetActiveAsync(AccessKeyOwner owner, string accessKeyId, bool isActive, CancellationToken cancellationToken);

    /// <summary>Removes a key for good, whatever the settings say; refused as <see cref="SetActiveAsync"/> is.</summary>
    Task DeleteAsync(AccessKeyOwner owner, string accessKeyId, CancellationToken cancellationToken);
}
