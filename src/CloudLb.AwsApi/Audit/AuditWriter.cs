using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudLb.AwsApi.Audit;

/// <summary>
/// Makes lines of calls and writes them, in the order in which they ended, some 20 milliseconds behind them. A stop waits for what is left.
/// </summary>
/// <remarks>Calls that were refused have files of their own: no number of them pushes out what was done.</remarks>
internal sealed partial class AuditWriter(
    AuditLog log, AuditFiles files, RefusedCalls refusals, TimeProvider clock, ILogger<AuditWriter> logger) : BackgroundService
{
    /// <summary>
    /// How long calls are gathered before they are written together: a wake-up and a write for each would cost more than their lines.
    /// </summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);

    /// <summary>Bytes that go to the file in one piece.</summary>
    private const int BatchLength = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _lines = new(2 * BatchLength);
    private readonly ArrayBufferWriter<byte> _refused = new();
    private readonly Utf8JsonWriter _json = new(Stream.Null);
    private readonly AuditIdentity _identity = new();
    private bool _isFailing;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        refusals.TellRepeated();
        log.Complete();
        try
        {
            // Before the token is cancelled, as a writer that has not begun yet would not begin any more.
            await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (ExecuteTask is { IsCanceled: true })
        {
            // It was stopped before it had begun, so no call has been answered yet.
        }
        finally
        {
            await base.StopAsync(cancellationToken);
        }
    }

    public override void Dispose()
    {
        _json.Dispose();
        _identity.Dispose();
        files.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not until the token says so, but until the log is complete and empty.
        while (await log.Waiting.WaitToReadAsync(CancellationToken.None))
        {
            await Task.Delay(Gathering, clock, CancellationToken.None);
            while (log.Waiting.TryPeek(out _))
            {
                WriteWaiting();
            }
        }
    }

    private void WriteWaiting()
    {
        var calls = 0;
        try
        {
            while (_lines.WrittenCount + _refused.WrittenCount < BatchLength && log.Waiting.TryRead(out var call))
            {
                log.Release(call);
                calls++;
                if (call.IsRefused)
                {
                    RefusedLine.Write(_json, _refused, call);
                }
                else
                {
                    AuditLine.Write(_json, _identity, _lines, call);
                }
            }

            files.Append(_lines.WrittenSpan, _refused.WrittenSpan);
            _isFailing = false;
            if (log.TakeLost() is > 0 and var lost)
            {
                Log.Lost(logger, lost);
            }
        }
        catch (Exception exception)
        {
            // Whatever it is, calls go on being answered, and the next batch tries again.
            log.Lose(calls);
            if (!_isFailing)
            {
                Log.WriteFailed(logger, exception);
            }

            _isFailing = true;
        }
        finally
        {
            _lines.ResetWrittenCount();
            _refused.ResetWrittenCount();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            1002, LogLevel.Error, "The audit file cannot be written; calls are answered without being written down until it can")]
        public static partial void WriteFailed(ILogger logger, Exception exception);

        [LoggerMessage(
            1003, LogLevel.Warning, "{Count} calls are missing in the audit file: it could not be written, or not as fast as they came")]
        public static partial void Lost(ILogger logger, long count);
    }
}
