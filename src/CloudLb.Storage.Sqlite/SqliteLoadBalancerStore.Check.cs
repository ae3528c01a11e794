using CloudLb.Core;
using CloudLb.Core.LoadBalancers;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CloudLb.Storage.Sqlite;

/// <summary>Answers whether changes can be kept.</summary>
internal sealed partial class SqliteLoadBalancerStore : IStoreCheck
{
    // A disk that is full lets a transaction begin, so after a failure only a real write tells. Used by whoever writes.
    private bool _hasFailed;

    public async Task<string?> WhyNotWritableAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await EnqueueAsync(new PendingCheck(), cancellationToken);
        }
        catch (ServiceException stopping)
        {
            return stopping.Message;
        }
    }

    private void Answer(PendingCheck check)
    {
        if (Refused() is { } refused)
        {
            check.Complete(refused.Message);
            return;
        }

        try
        {
            var connection = WithRoom().Connection;
            var version = connection.ExecuteScalar<int>("pragma user_version");
            WriteTransaction.Run(connection, () =>
            {
                if (_hasFailed)
                {
                    connection.Execute($"pragma user_version = {version}");
                }
            });
            _hasFailed = false;
            check.Complete(null);
        }
        catch (SqliteException exception)
        {
            _hasFailed = true;
            check.Complete($"{_file.Path} cannot be written: {ReasonOf(exception)}.");
        }
        catch (Exception exception)
        {
            check.Fail(exception);
        }
    }
}
