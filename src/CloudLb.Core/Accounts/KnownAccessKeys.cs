using CloudLb.Core.Resources;
using Microsoft.Extensions.Logging;

namespace CloudLb.Core.Accounts;

/// <summary>
/// The access keys that sign: those that the settings and the credentials file give, and those that were made through IAM or for a member.
/// What the store keeps of a key counts but for the secret and permission of one that is given; a key that was deleted stays so, whatever
/// gives it.
/// </summary>
public sealed partial class KnownAccessKeys(
    IResourceStore store, ITextSealer sealer, GivenAccessKeys given, ILogger<KnownAccessKeys> logger)
    : IAccessKeySource
{
    public static readonly ResourceKind<string, StoredAccessKey> Kind = new("access-key")
    {
        KeyOf = key => key.AccessKeyId,
        KeyText = id => id,
        ParseKey = id => id,
        Document = StoredAccessKeyDocument.Form.StoredAccessKey,
        Secrets = key => key.Secret is { } secret ? [(key.AccessKeyId, secret)] : [],
    };

    // Made anew when the store's are others.
    private volatile Known? _known;

    /// <summary>Everything that was answered so far, read from memory.</summary>
    public AccessKeySnapshot Current => Of(store.Current);

    public AccessKey? Find(string accessKeyId) => Current.Find(accessKeyId);

    /// <summary>
    /// Writes down the given keys that are seen for the first time, so that their date stays. Where that cannot be done, on a full disk
    /// say, they sign all the same, and the next start sees them for the first time.
    /// </summary>
    public async Task RecordGivenAsync(CancellationToken cancellationToken)
    {
        if (given.Keys.Any(key => store.Current.Of(Kind).Find(key.AccessKeyId) is null))
        {
            try
            {
                await store.ChangeAsync(
                    snapshot => given.Keys.Where(key => snapshot.Of(Kind).Find(key.AccessKeyId) is null)
                        .Aggregate(snapshot, (next, key) => next.With(Kind, StoredAccessKey.Of(key, secret: null))),
                    cancellationToken);
            }
            catch (ServiceException)
            {
                // The store has said why.
            }
        }

        // Whoever reads them in the files would wonder.
        foreach (var key in given.Keys.Where(key => Find(key.AccessKeyId) is not { IsActive: true }))
        {
            Log.IdleKey(logger, key.AccessKeyId, Find(key.AccessKeyId) is null ? "deleted" : "made inactive");
        }
    }

    /// <summary>The keys in a snapshot.</summary>
    public AccessKeySnapshot Of(Snapshot snapshot)
    {
        var (stored, members) = (snapshot.Of(Kind), snapshot.Members);
        if (_known is { } known && ReferenceEquals(known.Stored, stored) && ReferenceEquals(known.Members, members))
        {
            return known.Keys;
        }

        var keys = Join(stored, members);
        _known = new(stored, members, keys);
        return keys;
    }

    /// <summary>The given keys, as far as none was deleted, and those that were made and whose owner is there still.</summary>
    private AccessKeySnapshot Join(
        ResourceCollection<string, StoredAccessKey> stored, ResourceCollection<MemberKey, Member> members)
    {
        var firstSeen = stored.All.Select(key => (key.Owner, key.CreateDate))
            .Concat(given.Keys.Where(key => stored.Find(key.AccessKeyId) is null).Select(key => (key.Owner, key.CreateDate)))
            .GroupBy(one => one.Owner).ToDictionary(group => group.Key, group => group.Min(one => one.CreateDate));
        var users = given.Keys.GroupBy(key => key.Owner)
            .Select(group => new AccessKeyUser(
                group.Key, group.First().Permission, firstSeen.GetValueOrDefault(group.Key, group.First().CreateDate)))
            .Concat(members.All.Select(member => member.ToUser()));
        var snapshot = new AccessKeySnapshot(users);
        foreach (var key in given.Keys)
        {
            var kept = stored.Find(key.AccessKeyId);
            if (kept?.Status is not AccessKeyStatus.Deleted)
            {
                snapshot = snapshot.With(
                    key with { IsActive = kept?.Status is not AccessKeyStatus.Inactive, CreateDate = kept?.CreateDate ?? key.CreateDate });
            }
        }

        return stored.All.Where(key => snapshot.Find(key.AccessKeyId) is null).Select(key => Made(key, snapshot)).OfType<AccessKey>()
            .Aggregate(snapshot, (next, key) => next.With(key));
    }

    private AccessKey? Made(StoredAccessKey key, AccessKeySnapshot users) =>
        key.Secret is { } secret && users.FindUser(key.Owner) is { } user
        ? new()
        {
            AccessKeyId = key.AccessKeyId,
            SecretAccessKey = sealer.Unseal(key.AccessKeyId, secret),
            Account = key.Account,
            UserName = key.UserName,
            Permission = user.Permission,
            IsActive = key.Status is AccessKeyStatus.Active,
            CreateDate = key.CreateDate,
        }
        : null;

    private sealed record Known(
        ResourceCollection<string, StoredAccessKey> Stored, ResourceCollection<MemberKey, Member> Members, AccessKeySnapshot Keys);

    private static partial class Log
    {
        [LoggerMessage(
            3003, LogLevel.Warning,
            "The access key {AccessKeyId}, which the settings or the credentials file give, was {Fate} through IAM and signs nothing")]
        public static partial void IdleKey(ILogger logger, string accessKeyId, string fate);
    }
}
