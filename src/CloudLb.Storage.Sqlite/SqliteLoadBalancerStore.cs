using System.Collections.Concurrent;
using System.Text.Json;
using CloudLb.Core;
using CloudLb.Core.Accounts;
using CloudLb.Core.LoadBalancers;
using CloudLb.Core.Traffic.Reconciliation;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SQLitePCL;

namespace CloudLb.Storage.Sqlite;

/// <summary>
/// Keeps load balancers, server certificates and access keys in SQLite. One writes at a time, and takes whatever changes have come together since the last commit and commits them as
/// one, so that the rate of durable changes grows with the number of callers. Readers have the snapshot and never wait.
/// </summary>
/// <remarks>
/// A caller who finds nobody writing commits on its own thread: waking another one, and being woken by it, takes about as long as the commit itself where processors sleep in between.
/// Callers who come meanwhile queue for the writer's thread, and so does everything but changes of load balancers: the question whether the disk can be written must not hang with it.
/// </remarks>
internal sealed partial class SqliteLoadBalancerStore : ILoadBalancerStore, IDisposable
{
    /// <summary>Changes to a commit at most, so that one failing commit refuses no more. Past some tens, the disk's share of each is small anyway.</summary>
    private const int BatchSize = 256;

    private readonly ChangeSignal _changes;
    private readonly ILogger<SqliteLoadBalancerStore> _logger;
    private readonly DatabaseFile _file;
    private readonly CertificateKeyFile _keyFile;
    private readonly BlockingCollection<Pending> _queue = [];
    private readonly List<PendingChange> _batch = new(BatchSize);

    /// <summary>Held by whoever writes.</summary>
    private readonly Lock _writing = new();

    /// <summary>A thread of its own, as it spends its life waiting for the disk where many change something: on two cores the pool would lose half its threads to it.</summary>
    private readonly Thread _writer;

    /// <summary>Used by whoever writes.</summary>
    private DatabaseSession _session;

    private LoadBalancerSnapshot _current;

    /// <summary>Opens the database and reads all there is.</summary>
    /// <exception cref="DatabaseRefusedException">The file cannot be used, and was not changed.</exception>
    public SqliteLoadBalancerStore(
        IOptions<SqliteStoreOptions> options, ChangeSignal changes, ILogger<SqliteLoadBalancerStore> logger, GivenAccessKeys? given = null)
    {
        _changes = changes;
        _logger = logger;
        _given = given ?? GivenAccessKeys.None;
        var directory = options.Value.DataDirectory;
        var isAccepted = DatabaseAcceptance.IsThere(directory);
        _file = DatabaseFile.Open(options.Value, () => isAccepted ? null : SignsOfUse.Find(directory));
        try
        {
            _session = _file.Connect();
            _current = LoadBalancerSnapshot.Of(_session.LoadBalancers.ReadAll());
            var certificates = _session.Certificates.ReadAll();
            var accessKeys = _session.AccessKeys.ReadAll();
            _keyFile = CertificateKeyFile.Open(directory, isNeeded: certificates.Count > 0 || accessKeys.Any(row => row.SealedSecret is not null));
            _certificates = ReadCertificates(certificates, _keyFile);
            CompareWithRecord(directory, isAccepted);
            _accessKeys = ReadAccessKeys(accessKeys, _given);
        }
        catch (Exception exception)
        {
            _session?.Dispose();
            _keyFile?.Dispose();
            _record?.Dispose();
            _file.Dispose();
            throw exception is SqliteException or JsonException ? DatabaseInspection.Damaged(_file.Path, exception.Message, exception) : exception;
        }

        Log.Opened(logger, _file.Path, _current.Count, _certificates.Snapshot.Count, _accessKeys.Count);
        TellIdleKeys(_given);
        _writer = new(Write) { Name = "CloudLb store writer" };
        _writer.Start();
    }

    public LoadBalancerSnapshot Current => Volatile.Read(ref _current);

    public async Task<LoadBalancer> CreateAsync(
        LoadBalancerKey key, Func<LoadBalancerSnapshot, LoadBalancer> create, CancellationToken cancellationToken) =>
        (await EnqueueAsync(new PendingChange(key, create), cancellationToken))!;

    public async Task<LoadBalancer> UpdateAsync(LoadBalancerKey key, Func<LoadBalancer, LoadBalancer> update, CancellationToken cancellationToken) =>
        (await EnqueueAsync(new PendingChange(key, snapshot => update(snapshot.Get(key))), cancellationToken))!;

    public Task DeleteAsync(LoadBalancerKey key, CancellationToken cancellationToken) =>
        EnqueueAsync(new PendingChange(key, _ => null), cancellationToken);

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
        if (change is PendingChange && TryWrite(change))
        {
            return await change.Answer;
        }

        try
        {
            _queue.Add(change, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            throw new ServiceException(ErrorCode.ServiceUnavailable, "CloudLb is stopping; nothing was changed. Try again in a moment.");
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

            switch (next)
            {
                case PendingCheck check:
                    CommitAll(_batch);
                    Answer(check);
                    break;
                case PendingCertificateChange certificateChange:
                    CommitAll(_batch);
                    Commit(certificateChange);
                    break;
                case PendingAccessKeyChange accessKeyChange:
                    CommitAll(_batch);
                    Commit(accessKeyChange);
                    break;
                case PendingReset reset:
                    CommitAll(_batch);
                    Commit(reset);
                    break;
                default:
                    _batch.Add((PendingChange)next);
                    break;
            }
        }
        while (_batch.Count < BatchSize && _queue.TryTake(out next));

        CommitAll(_batch);
    }

    private void CommitAll(List<PendingChange> batch)
    {
        if (batch.Count > 0)
        {
            Commit(batch);
            batch.Clear();
        }
    }

    /// <summary>
    /// Makes the changes one after the other in memory, writes what came of them, and answers. When nothing could be written every caller of the batch
    /// is refused, those with nothing to write too: their answers may rest on another's change.
    /// </summary>
    private void Commit(List<PendingChange> batch)
    {
        if (Refused() is { } refused)
        {
            batch.ForEach(change => change.Fail(refused));
            return;
        }

        var written = new Dictionary<LoadBalancerKey, LoadBalancer?>();
        var working = batch.Aggregate(_current, (snapshot, change) => change.Apply(snapshot, written));
        try
        {
            if (written.Count > 0)
            {
                WithRoom().LoadBalancers.Write(written);
                NoteChanges();
            }
        }
        catch (Exception exception)
        {
            _hasFailed = true;
            Log.CommitFailed(_logger, batch.Count, _file.Path, exception);
            batch.ForEach(change => change.Fail(Unavailable(exception)));
            return;
        }

        if (written.Count > 0)
        {
            Volatile.Write(ref _current, working);
            _changes.Raise();
        }

        batch.ForEach(change => change.Complete());
    }

    private static ServiceException Unavailable(Exception exception) => new(
        ErrorCode.ServiceUnavailable, $"The change could not be saved: {ReasonOf(exception)}. Nothing was changed; try again when the cause is gone.");

    private static string ReasonOf(Exception exception) => exception is SqliteException sqlite ? sqlite.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => "the disk is full",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "another program has locked the database",
        raw.SQLITE_READONLY => "the database cannot be written",
        raw.SQLITE_IOERR => "the disk reported an error",
        _ => "the database reported an error",
    }
    : "the database reported an error";

    private static partial class Log
    {
        [LoggerMessage(3001, LogLevel.Information, "Opened {Path} with {Count} load balancers, {Certificates} server certificates and {AccessKeys} access keys")]
        public static partial void Opened(ILogger logger, string path, int count, int certificates, int accessKeys);

        [LoggerMessage(3002, LogLevel.Error, "A commit of {Count} changes to {Path} failed; their callers were refused, and what was kept before stays")]
        public static partial void CommitFailed(ILogger logger, int count, string path, Exception exception);

        [LoggerMessage(3003, LogLevel.Warning, "The access key {AccessKeyId}, which the settings or the credentials file give, was {Fate} through IAM and signs nothing")]
        public static partial void IdleKey(ILogger logger, string accessKeyId, string fate);

        [LoggerMessage(3004, LogLevel.Error, "{Doubt}")]
        public static partial void InDoubt(ILogger logger, string doubt);

        [LoggerMessage(3005, LogLevel.Warning, "{Path} was accepted as it is. What was said against it: {Doubt}")]
        public static partial void Accepted(ILogger logger, string path, string doubt);

        [LoggerMessage(3006, LogLevel.Error, "{Path} was deleted or replaced while CloudLb runs; no change is taken until it is back")]
        public static partial void Replaced(ILogger logger, string path);

        [LoggerMessage(3007, LogLevel.Warning, "{Path} is back as it was; changes are taken again")]
        public static partial void BackAgain(ILogger logger, string path);

        [LoggerMessage(3008, LogLevel.Warning, "{Path}, which tells how many changes the database has, cannot be written: {Message}")]
        public static partial void RecordFailed(ILogger logger, string path, string message);
    }
}
