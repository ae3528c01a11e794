using System.Collections.Concurrent;
using System.Text.Json;
using CloudLb.Core;
using CloudLb.Core.Accounts;
using CloudLb.Core.Resources;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SQLitePCL;

namespace CloudLb.Storage.Sqlite;

/// <summary>
/// Keeps resources of all kinds in SQLite. One writes at a time, and takes whatever changes have come together since the last commit and
/// commits them as one, so that the rate of durable changes grows with the number of callers. Readers have the snapshot and never wait.
/// </summary>
/// <remarks>
/// A caller who finds nobody writing commits on its own thread: waking another one, and being woken by it, takes about as long as the
/// commit itself where processors sleep in between. Callers who come meanwhile queue for the writer's thread, and so does everything but
/// changes: the question whether the disk can be written must not hang with it.
/// </remarks>
internal sealed partial class SqliteStore : IResourceStore, ITextSealer, IDisposable
{
    /// <summary>
    /// Changes to a commit at most, so that one failing commit refuses no more. Past some tens, the disk's share of each is small anyway.
    /// </summary>
    private const int BatchSize = 256;

    private readonly ChangeSignal _changes;
    private readonly ILogger<SqliteStore> _logger;
    private readonly DatabaseFile _file;
    private readonly SecretKeyFile _keyFile;
    private readonly ResourceKinds _kinds;
    private readonly BlockingCollection<Pending> _queue = [];
    private readonly List<IPendingChange> _batch = new(BatchSize);

    /// <summary>Held by whoever writes.</summary>
    private readonly Lock _writing = new();

    /// <summary>
    /// A thread of its own, as it spends its life waiting for the disk where many change something: on two cores the pool would lose half
    /// its threads to it.
    /// </summary>
    private readonly Thread _writer;

    /// <summary>Used by whoever writes.</summary>
    private DatabaseSession _session;

    private Snapshot _current;

    /// <summary>Opens the database and reads all there is.</summary>
    /// <exception cref="DatabaseRefusedException">The file cannot be used, and was not changed.</exception>
    public SqliteStore(
        IOptions<SqliteStoreOptions> options, ResourceKinds kinds, ChangeSignal changes, ILogger<SqliteStore> logger)
    {
        _changes = changes;
        _logger = logger;
        _kinds = kinds;
        var directory = options.Value.DataDirectory;
        var isAccepted = DatabaseAcceptance.IsThere(directory);
        _file = DatabaseFile.Open(options.Value, () => isAccepted ? null : SignsOfUse.Find(directory));
        try
        {
            _session = _file.Connect(kinds);
            List<(ResourceKind Kind, object Value)> resources = [.. _session.Resources.ReadAll(kinds)];
            _keyFile = OpenKeyFile(directory, resources);
            CompareWithRecord(directory, isAccepted);
            _current = kinds.Collect(resources, _session.Counter.Changes);
        }
        catch (Exception exception)
        {
            _session?.Dispose();
            _keyFile?.Dispose();
            _record?.Dispose();
            _file.Dispose();
            throw exception switch
            {
                SqliteException => DatabaseInspection.Damaged(_file.Path, exception.Message, exception),
                JsonException => DatabaseInspection.NotUnderstood(_file.Path, exception.Message, exception),
                _ => exception,
            };
        }

        Log.Opened(
            logger, _file.Path, _current.Revision, string.Join(", ", kinds.All.Select(kind => $"{kind.Name} {_current.Of(kind).Count}")));
        _writer = new(Write) { Name = "CloudLb store writer" };
        _writer.Start();
    }

    public Snapshot Current => Volatile.Read(ref _current);

    public Task<T> ChangeAsync<T>(Func<Snapshot, (Snapshot Next, T Answer)> change, CancellationToken cancellationToken) =>
        EnqueueAsync(new PendingChange<T>(change), cancellationToken);

    public Task<ResourceChanges<TKey, TValue>> ReadChangesAsync<TKey, TValue>(
        ResourceKind<TKey, TValue> kind, long since, CancellationToken cancellationToken)
        where TKey : class
        where TValue : class =>
        EnqueueAsync(new PendingTurn<ResourceChanges<TKey, TValue>>(() => _session.Resources.ReadChanges(kind, since)), cancellationToken);

    public SealedText Seal(string owner, string text) => _keyFile.Seal(owner, text);

    public string Unseal(string owner, SealedText text) => _keyFile.Unseal(owner, text);

    public byte[] Derive(string purpose) => _keyFile.Derive(purpose);

    /// <summary>Returns when every change that was accepted is durable and answered.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        _writer.Join();
        lock (_writing)
        {
            _session.Dispose();
            _keyFile.Dispose();
            _record?.Dispose();
            _file.Dispose();
        }
    }

    private async Task<TAnswer> EnqueueAsync<TAnswer>(Pending<TAnswer> change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (change is IPendingChange && TryWrite(change))
        {
            return await change.Answer;
        }

        try
        {
            _queue.Add(change, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            throw ServiceException.Unavailable("CloudLb is stopping; nothing was changed. Try again in a moment.");
        }

        await using (cancellationToken.UnsafeRegister(static (state, token) => ((Pending<TAnswer>)state!).Cancel(token), change))
        {
            return await change.Answer;
        }
    }

    /// <summary>Writes at once if nobody else does or waits to; it is answered then.</summary>
    private bool TryWrite(Pending change)
    {
        if (_queue.Count > 0 || !_writing.TryEnter())
        {
            return false;
        }

        try
        {
            if (_queue.IsAddingCompleted)
            {
                return false;
            }

            Write(change);
            return true;
        }
        finally
        {
            _writing.Exit();
        }
    }

    private void Write()
    {
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            lock (_writing)
            {
                Write(first);
            }
        }
    }

    private void Write(Pending first)
    {
        var next = first;
        do
        {
            if (!next.TryTake())
            {
                continue;
            }

            if (next is IPendingChange change)
            {
                _batch.Add(change);
                continue;
            }

            CommitAll(_batch);
            ((IPendingTurn)next).Run();
        }
        while (_batch.Count < BatchSize && _queue.TryTake(out next));

        CommitAll(_batch);
    }

    private void CommitAll(List<IPendingChange> batch)
    {
        if (batch.Count > 0)
        {
            Commit(batch);
            batch.Clear();
        }
    }

    /// <summary>
    /// Makes the changes one after the other in memory, writes what came of them, and answers. When nothing could be written every caller
    /// of the batch is refused, those with nothing to write too: their answers may rest on another's change.
    /// </summary>
    private void Commit(List<IPendingChange> batch)
    {
        if (Refused() is { } refused)
        {
            batch.ForEach(change => change.Fail(refused));
            return;
        }

        var working = batch.Aggregate(_current, (snapshot, change) => change.Apply(snapshot));
        var delta = working.DeltaFrom(_current);
        try
        {
            if (delta.Count > 0)
            {
                var revision = WithRoom().Resources.Write(delta);
                NoteChanges();
                Volatile.Write(ref _current, working.AsPublished(revision));
                TellSuccess();
            }
        }
        catch (Exception exception)
        {
            TellFailure(batch.Count, exception);
            batch.ForEach(change => change.Fail(Unavailable(exception)));
            return;
        }

        if (delta.Count > 0)
        {
            _changes.Raise();
        }

        batch.ForEach(change => change.Complete());
    }

    /// <summary>Every secret is tried, so that a key file that does not fit is told at start and not when a listener needs it.</summary>
    private static SecretKeyFile OpenKeyFile(string directory, IEnumerable<(ResourceKind Kind, object Value)> resources)
    {
        List<(string Owner, SealedText Text)> secrets =
            [.. resources.SelectMany(one => one.Kind.SecretsIn(one.Value))];
        var keyFile = SecretKeyFile.Open(directory, isNeeded: secrets.Count > 0);
        try
        {
            secrets.ForEach(secret => keyFile.Unseal(secret.Owner, secret.Text));
            return keyFile;
        }
        catch
        {
            keyFile.Dispose();
            throw;
        }
    }

    private static ServiceException Unavailable(Exception exception) => ServiceException.Unavailable(
        $"The change could not be saved: {ReasonOf(exception)}. Nothing was changed; try again when the cause is gone.");

    private static string ReasonOf(Exception exception) => exception is SqliteException sqlite ? sqlite.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => "the disk is full",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "another program has locked the database",
        raw.SQLITE_READONLY => "the database cannot be written",
        raw.SQLITE_IOERR => "the disk reported an error",
        _ => "the database reported an error",
    }
    : "the database reported an error";
}
