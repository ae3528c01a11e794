using CloudLb.Core.AccessLogs;
using CloudLb.HAProxy.Files;
using CloudLb.HAProxy.Machine;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace CloudLb.HAProxy.AccessLog;

/// <summary>What all processes of all cells have logged, those among them that have long ended.</summary>
internal sealed partial class LoggedFiles(HAProxyDirectory directory, ILogger<LoggedFiles> logger, TimeProvider clock) : IAccessLogSource
{
    /// <summary>
    /// What one call reads: some 1,500 lines, few enough for their entries to be gone again before the next collection of new objects.
    /// </summary>
    private const int ChunkLength = 256 << 10;

    /// <summary>Space that was read is given back in pieces of this size, as a file lives as long as its process.</summary>
    private const long FreedAtOnce = 16 << 20;

    /// <summary>A full disk breaks lines for as long as it is full; each file's are told so often at most.</summary>
    private static readonly TimeSpan BetweenTellings = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, long> _freed = [];

    /// <summary>Up to where broken lines were told: while the spool's disk is full, the same ones are read again and again.</summary>
    private readonly Dictionary<string, long> _told = [];
    private readonly Dictionary<string, (int Untold, long? At)> _broken = [];
    private readonly RawLogReader _lines = new();
    private readonly byte[] _chunk = new byte[ChunkLength];

    public IReadOnlyList<AccessLogPart> Parts() =>
    [
        .. directory.Numbers()
            .SelectMany(
                cell => Directory.Exists(directory.Cell(cell).AccessLogs) ? Directory.EnumerateFiles(directory.Cell(cell).AccessLogs) : [])
            .Select(path => new FileInfo(path))
            .Where(file => file.Exists)
            .Select(file => new AccessLogPart($"{Path.GetFileName(Path.GetDirectoryName(file.DirectoryName))}/{file.Name}", file.Length)),
    ];

    /// <inheritdoc/>
    /// <remarks>
    /// Called from one thread at a time. Lines that are not ours, HAProxy's own notes among them, are passed over; broken ones are counted
    /// and told.
    /// </remarks>
    public long Read(string part, long position, ICollection<AccessLogEntry> entries)
    {
        using var file = LogFile.OpenForReading(PathOf(part));
        var length = RandomAccess.Read(file, _chunk, position);
        var end = _chunk.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
        if (end == 0)
        {
            // A line is far shorter than a chunk. Without an end it is still being written, or what a process that was killed has left of
            // it.
            end = length == ChunkLength || (length > 0 && IsComplete(file, part)) ? length : 0;
        }

        var broken = 0;
        foreach (var range in _chunk.AsSpan(0, end).Split((byte)'\n'))
        {
            var line = _chunk.AsSpan(0, end)[range];
            if (_lines.Read(line, out var isBroken) is { } entry)
            {
                entries.Add(entry);
            }

            if (isBroken && position + range.End.Value > _told.GetValueOrDefault(part))
            {
                broken++;
            }
        }

        if (broken > 0)
        {
            _told[part] = position + end;
            Tell(part, broken);
        }

        return position + end;
    }

    public void Release(string part, long position)
    {
        var path = PathOf(part);
        using (var file = LogFile.OpenForReading(path))
        {
            // In this order: what was written before the end is part of the length.
            if (IsComplete(file, part) && RandomAccess.GetLength(file) == position)
            {
                File.Delete(path);
                _freed.Remove(part);
                _told.Remove(part);
                Forget(part);
                return;
            }
        }

        if (position - _freed.GetValueOrDefault(part) >= FreedAtOnce)
        {
            LogFile.Free(path, position);
            _freed[part] = position;
        }
    }

    private void Tell(string part, int broken)
    {
        var (untold, at) = _broken.GetValueOrDefault(part);
        _broken[part] = (untold + broken, at);
        if (at is null || clock.GetElapsedTime(at.Value) >= BetweenTellings)
        {
            Log.Broken(logger, untold + broken, part);
            _broken[part] = (0, clock.GetTimestamp());
        }
    }

    /// <summary>What was not told yet is, when all of a file was read.</summary>
    private void Forget(string part)
    {
        if (_broken.Remove(part, out var broken) && broken.Untold > 0)
        {
            Log.Broken(logger, broken.Untold, part);
        }
    }

    private bool IsComplete(SafeFileHandle file, string part) =>
        LogFile.IsComplete(file, () => ProcessList.Under(directory.Cell(CellOf(part)).Root).Count > 0);

    private string PathOf(string part) => Path.Combine(directory.Cell(CellOf(part)).AccessLogs, part[(part.IndexOf('/') + 1)..]);

    private static int CellOf(string part) => int.Parse(part.AsSpan(0, part.IndexOf('/')));

    private static partial class Log
    {
        [LoggerMessage(5017, LogLevel.Error, "{Count} lines of the access log {Part} are broken and left out; a full disk does that")]
        public static partial void Broken(ILogger logger, int count, string part);
    }
}
