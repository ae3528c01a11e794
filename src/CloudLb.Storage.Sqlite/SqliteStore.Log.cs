using Microsoft.Extensions.Logging;

namespace CloudLb.Storage.Sqlite;

/// <summary>What the store says in the log.</summary>
internal sealed partial class SqliteStore
{
    private static partial class Log
    {
        [LoggerMessage(3001, LogLevel.Information, "Opened {Path} at revision {Revision}: {Contents}")]
        public static partial void Opened(ILogger logger, string path, long revision, string contents);

        [LoggerMessage(
            3002, LogLevel.Error,
            "A commit of {Count} changes to {Path} failed; their callers were refused, and what was kept before stays. The same is not " +
            "told again until a change is saved")]
        public static partial void CommitFailed(ILogger logger, int count, string path, Exception exception);

        [LoggerMessage(3009, LogLevel.Warning, "Changes are saved to {Path} again; {Count} were refused")]
        public static partial void SavedAgain(ILogger logger, string path, int count);

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
