using System.Globalization;
using CloudLb.Core;
using CloudLb.Core.Resources;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CloudLb.Storage.Sqlite;

/// <summary>
/// Whether the database is the one, and as new, as it should be, so that no change is answered that a later start would not find.
/// </summary>
internal sealed partial class SqliteStore : IStoreTrust
{
    private DatabaseRecord? _record;
    private string? _recordPath;
    private bool _isRecordFailing;
    private volatile string? _doubt;
    private volatile string? _replaced;

    public bool IsInDoubt => _doubt is not null;

    public string? Refusal => _doubt ?? (_replaced is { } path
        ? $"{path} was deleted or replaced while CloudLb runs, so no change could be kept. Put it back as it was, or stop CloudLb, put a " +
            $"copy of the database back, and start it."
        : null);

    public bool Accept()
    {
        lock (_writing)
        {
            if (_doubt is not { } doubt)
            {
                return false;
            }

            _record?.Dispose();
            _record = DatabaseRecord.Open(_recordPath!);
            _record.Write(_session.Counter.DatabaseId, _session.Counter.Changes);
            _doubt = null;
            Log.Accepted(_logger, _file.Path, doubt);
        }

        _changes.Raise();
        return true;
    }

    /// <summary>Looks whether the files are those that were opened. Called before every commit, and now and then.</summary>
    public void LookAtFiles()
    {
        if (!_writing.TryEnter())
        {
            // Whoever writes has looked.
            return;
        }

        try
        {
            var replaced = _file.FindReplaced();
            if (replaced is not null && _replaced is null)
            {
                Log.Replaced(_logger, replaced);
            }
            else if (replaced is null && _replaced is { } before)
            {
                Log.BackAgain(_logger, before);
            }

            _replaced = replaced;
        }
        finally
        {
            _writing.Exit();
        }
    }

    /// <summary>Why no change is taken now; null when one is.</summary>
    private ServiceException? Refused()
    {
        LookAtFiles();
        return Refusal is { } refusal ? ServiceException.Unavailable(refusal) : null;
    }

    /// <summary>The session, opened anew if it was opened without room on the disk, as there may be some by now.</summary>
    /// <exception cref="SqliteException">There is none.</exception>
    private DatabaseSession WithRoom()
    {
        if (_session.IsMakeshift)
        {
            _session.Dispose();
            _session = _file.Connect(_kinds);
            if (_session.IsMakeshift)
            {
                throw new SqliteException("The disk has no room for the database's log.", raw.SQLITE_FULL);
            }
        }

        return _session;
    }

    /// <summary>Holds the database against what was written down of it, and says so in the log where it is not what it should be.</summary>
    private void CompareWithRecord(string dataDirectory, bool isAccepted)
    {
        _recordPath = DatabaseRecord.PathIn(dataDirectory);
        var counter = _session.Counter;
        if (!isAccepted && counter.DatabaseId.Length > 0 && DatabaseRecord.Read(_recordPath) is var (id, changes))
        {
            _doubt = Doubt(id, changes, counter);
        }

        if (_doubt is not null)
        {
            Log.InDoubt(_logger, _doubt);
            return;
        }

        NoteChanges();
        if (isAccepted && !_isRecordFailing)
        {
            DatabaseAcceptance.Use(dataDirectory);
            Log.Accepted(_logger, _file.Path, "It was accepted before this start.");
        }
    }

    private string? Doubt(string id, long changes, ChangeCounter counter)
    {
        var fault = counter.DatabaseId != id ? "is another database than the one that was used here"
            : counter.Changes < changes ? string.Create(
                CultureInfo.InvariantCulture,
                $"is older than what was answered, as if a copy had been put back or its log were damaged: it has {counter.Changes} " +
                $"changes, and there were at least {changes}")
            : null;
        return fault is null ? null
            : $"{_file.Path} {fault}. HAProxy goes on with what it served last, and no change is taken: put back the database that " +
                "belongs here and restart CloudLb, or accept this one with 'cloudlb database accept'.";
    }

    /// <summary>After a commit. What cannot be written down, for lack of room say, only makes the record lag.</summary>
    private void NoteChanges()
    {
        if (_session.Counter.DatabaseId.Length == 0)
        {
            return;
        }

        try
        {
            _record ??= DatabaseRecord.Open(_recordPath!);
            _record.Write(_session.Counter.DatabaseId, _session.Counter.Changes);
            _isRecordFailing = false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (!_isRecordFailing)
            {
                Log.RecordFailed(_logger, _recordPath!, exception.Message);
            }

            _isRecordFailing = true;
        }
    }
}
