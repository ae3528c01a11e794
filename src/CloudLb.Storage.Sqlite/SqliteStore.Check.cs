using CloudLb.Core;
using CloudLb.Core.Resources;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CloudLb.Storage.Sqlite;

/// <summary>Answers whether changes can be kept.</summary>
internal sealed partial class SqliteStore : IStoreCheck
{
    // A disk that is full lets a transaction begin, so after a failure only a real write tells. Used by whoever writes.
    private bool _hasFailed;

    public async Task<string?> WhyNotWritableAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await EnqueueAsync(new PendingTurn<string?>(WhyNotWritable), cancellationToken);
        }
        catch (ServiceException stopping)
        {
            return stopping.Message;
        }
    }

    private string? WhyNotWritable()
    {
        if (Refused() is { } refused)
        {
            return refused.Message;
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
            return null;
        }
        catch (SqliteException exception)
        {
            _hasFailed = true;
            return $"{_file.Path} cannot be written: {ReasonOf(exception)}.";
        }
    }
}
