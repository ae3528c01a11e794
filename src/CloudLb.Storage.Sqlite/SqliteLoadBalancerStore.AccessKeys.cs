using CloudLb.Core.Accounts;
using Microsoft.Data.Sqlite;

namespace CloudLb.Storage.Sqlite;

/// <summary>The access keys, which share the writer with the rest.</summary>
internal sealed partial class SqliteLoadBalancerStore : IAccessKeyStore
{
    private AccessKeySnapshot _accessKeys;

    AccessKeySnapshot IAccessKeyStore.Current => Volatile.Read(ref _accessKeys);

    public AccessKey? Find(string accessKeyId) => Volatile.Read(ref _accessKeys).Find(accessKeyId);

    public Task<AccessKey> CreateAsync(AccessKey key, CancellationToken cancellationToken) => ChangeAsync(
        (state, table) =>
        {
            var next = state.WithNew(key);
            table.Write([(key, _keyFile.Seal(key.AccessKeyId, key.SecretAccessKey))]);
            return (next, key);
        },
        cancellationToken);

    public Task<AccessKey> SetActiveAsync(AccessKeyOwner owner, string accessKeyId, bool isActive, CancellationToken cancellationToken) => ChangeAsync(
        (state, table) =>
        {
            var before = state.Get(owner, accessKeyId);
            if (before.IsActive == isActive)
            {
                return (state, before);
            }

            state.EnsureNotLast(before);
            var after = before with { IsActive = isActive };
            table.Write([(after, null)]);
            return (state.With(after), after);
        },
        cancellationToken);

    public Task DeleteAsync(AccessKeyOwner owner, string accessKeyId, CancellationToken cancellationToken) => ChangeAsync(
        (state, table) =>
        {
            var key = state.Get(owner, accessKeyId);
            state.EnsureNotLast(key);
            table.Remove(accessKeyId);
            return (state.Without(key), key);
        },
        cancellationToken);

    private Task<AccessKey> ChangeAsync(
        Func<AccessKeySnapshot, AccessKeyRows, (AccessKeySnapshot Next, AccessKey Answer)> change, CancellationToken cancellationToken) =>
        EnqueueAsync(new PendingAccessKeyChange(change), cancellationToken);

    /// <summary>
    /// The keys that are given, as far as none was deleted, and those that were made and whose owner is there still. What is given counts, but for the
    /// status. Keys seen for the first time are written down, so that their date stays.
    /// </summary>
    private AccessKeySnapshot ReadAccessKeys(IReadOnlyList<AccessKeyRow> rows, GivenAccessKeys given)
    {
        var byId = rows.ToDictionary(row => row.AccessKeyId);
        var added = given.Keys.Where(key => !byId.ContainsKey(key.AccessKeyId)).ToList();
        if (added.Count > 0 && Refusal is null)
        {
            WriteDown(added);
        }

        var firstSeen = rows.Select(row => (row.Owner, row.CreateDate)).Concat(added.Select(key => (key.Owner, key.CreateDate)))
            .GroupBy(one => one.Owner).ToDictionary(group => group.Key, group => group.Min(one => one.CreateDate));
        var users = given.Keys.GroupBy(key => key.Owner)
            .Select(group => new AccessKeyUser(group.Key, group.First().Permission, firstSeen.GetValueOrDefault(group.Key, group.First().CreateDate)));
        var snapshot = new AccessKeySnapshot(users);
        foreach (var key in given.Keys)
        {
            var row = byId.GetValueOrDefault(key.AccessKeyId);
            if (row is null || row.IsActive is not null)
            {
                snapshot = snapshot.With(key with { IsActive = row?.IsActive ?? true, CreateDate = row?.CreateDate ?? key.CreateDate });
            }
        }

        foreach (var row in rows.Where(row => row.SealedSecret is not null && snapshot.Find(row.AccessKeyId) is null))
        {
            // Tried for each, so that a key file that does not fit is told at start and not by a refusal.
            var secret = _keyFile.Unseal(row.AccessKeyId, row.SealedSecret!);
            if (snapshot.FindUser(row.Owner) is { } user)
            {
                snapshot = snapshot.With(new()
                {
                    AccessKeyId = row.AccessKeyId,
                    SecretAccessKey = secret,
                    Account = row.Owner.Account,
                    UserName = row.Owner.UserName,
                    Permission = user.Permission,
                    IsActive = row.IsActive == true,
                    CreateDate = row.CreateDate,
                });
            }
        }

        return snapshot;
    }

    /// <summary>Where they cannot be written, on a full disk say, they sign all the same, and the next start sees them for the first time.</summary>
    private void WriteDown(IReadOnlyList<AccessKey> keys)
    {
        try
        {
            WithRoom().AccessKeys.Write(keys.Select(key => (key, (byte[]?)null)));
            NoteChanges();
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is not (SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB))
        {
            _hasFailed = true;
            Log.CommitFailed(_logger, keys.Count, _file.Path, exception);
        }
    }

    /// <summary>The files' keys are told at start where they sign nothing: whoever reads them there would wonder.</summary>
    private void TellIdleKeys(GivenAccessKeys given)
    {
        foreach (var key in given.Keys.Where(key => Find(key.AccessKeyId) is not { IsActive: true }))
        {
            Log.IdleKey(_logger, key.AccessKeyId, Find(key.AccessKeyId) is null ? "deleted" : "made inactive");
        }
    }

    private void Commit(PendingAccessKeyChange change)
    {
        if (Refused() is { } refused)
        {
            change.Fail(refused);
            return;
        }

        try
        {
            Volatile.Write(ref _accessKeys, change.Apply(_accessKeys, WithRoom().AccessKeys));
            NoteChanges();
            change.Complete();
        }
        catch (SqliteException exception)
        {
            Log.CommitFailed(_logger, 1, _file.Path, exception);
            _hasFailed = true;
            change.Fail(Unavailable(exception));
        }
        catch (Exception refusal)
        {
            change.Fail(refusal);
        }
    }
}
