using CloudLb.Core.Accounts;
using CloudLb.Core.LoadBalancers;
using Microsoft.Data.Sqlite;

namespace CloudLb.Storage.Sqlite;

/// <summary>How everything goes at once.</summary>
internal sealed partial class SqliteLoadBalancerStore : IStoreReset
{
    private readonly GivenAccessKeys _given;

    public Task ResetAsync(CancellationToken cancellationToken) => EnqueueAsync(new PendingReset(), cancellationToken);

    private void Commit(PendingReset reset)
    {
        if (Refused() is { } refused)
        {
            reset.Fail(refused);
            return;
        }

        try
        {
            WithRoom().Clear();
            NoteChanges();

            // The load balancers first: none is seen without a certificate that it uses.
            Volatile.Write(ref _current, LoadBalancerSnapshot.Of([]));
            Volatile.Write(ref _certificates, ReadCertificates([], _keyFile));
            Volatile.Write(ref _accessKeys, ReadAccessKeys([], _given));
            _changes.Raise();
            reset.Complete();
        }
        catch (SqliteException exception)
        {
            Log.CommitFailed(_logger, 1, _file.Path, exception);
            _hasFailed = true;
            reset.Fail(Unavailable(exception));
        }
    }
}
