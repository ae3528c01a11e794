using CloudLb.Core.Resources;
using Microsoft.Data.Sqlite;

namespace CloudLb.Storage.Sqlite;

/// <summary>How everything goes at once.</summary>
internal sealed partial class SqliteStore : IStoreReset
{
    public Task ResetAsync(CancellationToken cancellationToken) => EnqueueAsync(new PendingTurn<bool>(Reset), cancellationToken);

    private bool Reset()
    {
        if (Refused() is { } refused)
        {
            throw refused;
        }

        try
        {
            var revision = WithRoom().Resources.Clear();
            NoteChanges();
            Volatile.Write(ref _current, _kinds.Collect([], revision));
            _changes.Raise();
            return true;
        }
        catch (SqliteException exception)
        {
            TellFailure(1, exception);
            throw Unavailable(exception);
        }
    }
}
