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

    // The failure that was told last, and how many callers were refused since changes could be saved. Used by whoever writes.
    private string? _toldFailure;
    private int _refusedCallers;

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

    /// <summary>The same failure is told once, however many callers try again.</summary>
    private void TellFailure(int callers, Exception exception)
    {
        _hasFailed = true;
        _refusedCallers += callers;
        if (_toldFailure != exception.Message)
        {
            _toldFailure = exception.Message;
            Log.CommitFailed(_logger, callers, _file.Path, exception);
        }
    }

    private void TellSuccess()
    {
        if (_toldFailure is not null)
        {
            Log.SavedAgain(_logger, _file.Path, _refusedCallers);
            (_toldFailure, _refusedCallers) = (null, 0);
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
