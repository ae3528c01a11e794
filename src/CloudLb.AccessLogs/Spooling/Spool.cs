using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CloudLb.AccessLogs.Writing;
using CloudLb.Core.AccessLogs;
using CloudLb.Core.Traffic.Planning;
using Microsoft.Extensions.Logging;

namespace CloudLb.AccessLogs.Spooling;

/// <summary>The files that gather lines until they are delivered. Used by one thread; only <see cref="Ready"/> is read by others.</summary>
internal sealed partial class Spool
{
    /// <summary>
    /// Bytes after which an object is ended before its interval is. AWS too has several for an interval then; a store takes 5 GB at once,
    /// and a delivery that fails is repeated whole.
    /// </summary>
    private const long LongestFile = 100 << 20;

    private const string Ending = ".spool";
    private const int LongestHeader = 8192;

    private readonly string _directory;
    private readonly ILogger _logger;
    private readonly Dictionary<string, long> _positions = [];
    private readonly Dictionary<(LoadBalancerId LoadBalancer, AccessLog AccessLog, DateTimeOffset End), SpoolFile> _open = [];
    private readonly List<SpoolFile> _files = [];
    private volatile ImmutableList<SpoolFile> _ready = [];

    private Spool(string directory, ILogger logger) => (_directory, _logger) = (directory, logger);

    /// <summary>What is complete and can be delivered, in no particular order.</summary>
    public IReadOnlyList<SpoolFile> Ready => _ready;

    /// <summary>Whether the checkpoint is behind.</summary>
    public bool IsDirty { get; private set; }

    private string CheckpointPath => Path.Combine(_directory, "checkpoint.json");

    /// <summary>What an earlier CloudLb left, as it was at its last checkpoint.</summary>
    public static Spool Open(string directory, ILogger logger)
    {
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var spool = new Spool(directory, logger);
        Checkpoint? checkpoint = null;
        try
        {
            checkpoint = Checkpoint.Read(spool.CheckpointPath);
        }
        catch (JsonException exception)
        {
            File.Move(spool.CheckpointPath, $"{spool.CheckpointPath}.damaged", overwrite: true);
            Log.CheckpointDamaged(logger, exception);
        }

        foreach (var path in Directory.EnumerateFiles(directory, $"*{Ending}"))
        {
            spool.Recover(path, checkpoint);
        }

        foreach (var (part, position) in checkpoint?.Positions ?? [])
        {
            spool._positions[part] = position;
        }

        spool.Commit(spool._positions.Keys.ToHashSet());
        return spool;
    }

    /// <summary>How every file of the spool is made: for its owner alone.</summary>
    public static FileStreamOptions NewFile(FileMode mode) => new()
    {
        Mode = mode,
        Access = FileAccess.Write,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    };

    public long Position(string part) => _positions.GetValueOrDefault(part);

    public void SetPosition(string part, long position)
    {
        _positions[part] = position;
        IsDirty = true;
    }

    /// <summary>Adds lines of one load balancer and interval.</summary>
    public void Append(LoggedLoadBalancer loadBalancer, DateTimeOffset end, ReadOnlySpan<byte> lines)
    {
        var key = (loadBalancer.Id, loadBalancer.AccessLog, end);
        if (_open.GetValueOrDefault(key) is not { } file)
        {
            file = _open[key] = Create(new(loadBalancer.Id, loadBalancer.AccessLog, end, ObjectName.New(loadBalancer, end)));
        }

        using (var handle = File.OpenHandle(file.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
            RandomAccess.Write(handle, lines, file.Length);
        }

        file.Length += lines.Length;
        file.IsSynced = false;
        IsDirty = true;
        if (file.Length > LongestFile)
        {
            Close(file);
        }
    }

    /// <summary>Ends the files of intervals that were over at a moment by which everything logged until then was read.</summary>
    /// <returns>Whether there were any.</returns>
    public bool CloseUntil(DateTimeOffset moment)
    {
        // One whose end is further off than it is long was begun before the clock was set back.
        var due = _open.Values
            .Where(file => file.Header.End <= moment || file.Header.End > moment + (2 * file.Header.AccessLog.Interval))
            .ToList();
        due.ForEach(Close);
        return due.Count > 0;
    }

    /// <summary>Makes everything so far count, whatever happens next.</summary>
    /// <param name="parts">The parts of the source that there still are.</param>
    public void Commit(IReadOnlySet<string> parts)
    {
        _files.RemoveAll(file => file.IsGone);
        foreach (var file in _files.Where(file => !file.IsSynced))
        {
            using var handle = File.OpenHandle(file.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(handle);
            file.IsSynced = true;
        }

        foreach (var gone in _positions.Keys.Except(parts).ToList())
        {
            _positions.Remove(gone);
        }

        new Checkpoint(
            new(_positions),
            _files.ToDictionary(file => Path.GetFileName(file.Path), file => new Checkpoint.FileState(file.Length, file.IsClosed)))
                .Write(CheckpointPath);
        _ready = [.. _files.Where(file => file.IsClosed)];
        IsDirty = false;
    }

    /// <summary>Drops the oldest complete files until the rest fits.</summary>
    public void Shrink(long longest)
    {
        var length = _files.Where(file => !file.IsGone).Sum(file => file.Length);
        foreach (var file in _files
            .Where(file => file is { IsClosed: true, IsGone: false })
            .OrderBy(file => file.Header.End)
            .TakeWhile(_ => length > longest))
        {
            File.Delete(file.Path);
            file.IsGone = true;
            length -= file.Length;
            IsDirty = true;
            Log.Dropped(_logger, file.Header.Bucket, file.Header.Key, file.Length - file.HeaderLength);
        }
    }

    private void Close(SpoolFile file)
    {
        file.IsClosed = true;
        _open.Remove(_open.First(pair => pair.Value == file).Key);
        IsDirty = true;
    }

    private SpoolFile Create(SpoolHeader header)
    {
        var path = Path.Combine(_directory, $"{RandomNumberGenerator.GetHexString(16, lowercase: true)}{Ending}");
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(header), (byte)'\n'];
        using (var stream = new FileStream(path, NewFile(FileMode.CreateNew)))
        {
            stream.Write(line);
        }

        var file = new SpoolFile(path, header, line.Length);
        _files.Add(file);
        return file;
    }

    /// <summary>
    /// Cuts a file to what counts. One that the checkpoint does not know was made after it: its lines are read again, into another.
    /// </summary>
    private void Recover(string path, Checkpoint? checkpoint)
    {
        var name = Path.GetFileName(path);
        if (checkpoint is not null && !checkpoint.Files.ContainsKey(name))
        {
            File.Delete(path);
            return;
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        if (Header(stream) is not var (header, headerLength))
        {
            Log.Unreadable(_logger, path);
            return;
        }

        var state = checkpoint?.Files[name] ?? new(stream.Length, true);
        if (stream.Length < state.Length)
        {
            Log.TooShort(_logger, header.Key, state.Length - stream.Length);
        }

        stream.SetLength(Math.Min(stream.Length, state.Length));
        var file = new SpoolFile(path, header, headerLength) { Length = stream.Length };
        _files.Add(file);
        file.IsClosed = state.IsClosed || !_open.TryAdd((header.LoadBalancer, header.AccessLog, header.End), file);
    }

    private static (SpoolHeader Header, int Length)? Header(FileStream stream)
    {
        var bytes = new byte[LongestHeader];
        var length = bytes.AsSpan(0, stream.ReadAtLeast(bytes, LongestHeader, throwOnEndOfStream: false)).IndexOf((byte)'\n') + 1;
        try
        {
            return length > 0 && SpoolHeader.Parse(Encoding.UTF8.GetString(bytes, 0, length)) is { } header ? (header, length) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            7001, LogLevel.Error, "The checkpoint of the access logs is damaged and put aside; some lines may be delivered twice")]
        public static partial void CheckpointDamaged(ILogger logger, Exception exception);

        [LoggerMessage(7002, LogLevel.Error, "{Path} does not say where it belongs and is left alone")]
        public static partial void Unreadable(ILogger logger, string path);

        [LoggerMessage(7003, LogLevel.Error, "The access log {Key} lost {Bytes} bytes, as a power cut does")]
        public static partial void TooShort(ILogger logger, string key, long bytes);

        [LoggerMessage(7004, LogLevel.Error,
            "More waits for its delivery than AccessLogs:MaxSpoolSize allows: {Bytes} bytes of access log for {Bucket}/{Key} are given up")]
        public static partial void Dropped(ILogger logger, string bucket, string key, long bytes);
    }
}
