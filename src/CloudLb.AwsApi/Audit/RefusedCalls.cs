using System.Net;
using CloudLb.AwsApi.Throttling;
using Microsoft.Extensions.Logging;

namespace CloudLb.AwsApi.Audit;

/// <summary>
/// Tells of calls that were refused, in the log and in the audit's files. The first of its kind (caller's address, key, action, error) is
/// told at once; those like it that follow within a while are counted, and told together.
/// </summary>
internal sealed partial class RefusedCalls : IDisposable
{
    /// <summary>For how long calls like the first are joined with it.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    /// <summary>Kinds that are told apart within a window; of what comes beyond them there is only the number.</summary>
    private const int MaxKinds = 500;

    /// <summary>Lines of the log, a second in the long run and at once.</summary>
    private const int LinesPerSecond = 2;
    private const int LinesAtOnce = 50;

    /// <summary>Characters of a key or an action, as they tell kinds apart and stand in the log.</summary>
    private const int MaxText = 128;

    private readonly Lock _lock = new();
    private readonly AuditLog? _audit;
    private readonly ILogger _logger;
    private readonly TokenBucket _lines;
    private readonly ITimer _timer;
    private Dictionary<Kind, Repeats> _kinds = [];
    private int _untold;

    public RefusedCalls(TimeProvider clock, ILogger<RefusedCalls> logger, AuditLog? audit = null)
    {
        (_logger, _audit) = (logger, audit);
        _lines = new(LinesPerSecond, LinesAtOnce, clock);
        _timer = clock.CreateTimer(_ => TellRepeated(), null, Window, Window);
    }

    public void Add(CallRecord call)
    {
        var kind = new Kind(call.SourceAddress, Cut(call.AccessKeyId), Cut(call.Action), call.Error?.Code);
        lock (_lock)
        {
            if (_kinds.TryGetValue(kind, out var repeats))
            {
                (repeats.Count, repeats.Last) = (repeats.Count + 1, call);
                return;
            }

            if (_kinds.Count == MaxKinds)
            {
                _untold++;
                return;
            }

            _kinds.Add(kind, new());
        }

        Tell(call);
    }

    /// <summary>Ends the window.</summary>
    public void TellRepeated()
    {
        Dictionary<Kind, Repeats> kinds;
        lock (_lock)
        {
            if (_kinds.Count == 0)
            {
                return;
            }

            (kinds, _kinds) = (_kinds, []);
        }

        foreach (var repeats in kinds.Values)
        {
            if (repeats.Last is { } last)
            {
                Tell(last.Repeated(repeats.Count));
            }
        }

        if (Interlocked.Exchange(ref _untold, 0) is > 0 and var untold)
        {
            Log.Untold(_logger, untold);
        }
    }

    public void Dispose() => _timer.Dispose();

    private static string? Cut(string? text) => text is { Length: > MaxText } ? text[..MaxText] : text;

    private void Tell(CallRecord call)
    {
        _audit?.Add(call);
        if (!_lines.TryTake())
        {
            Interlocked.Increment(ref _untold);
            return;
        }

        var (code, action, key) = (
            call.Error?.Code ?? "", PlainText.Of(call.Action ?? "no action", MaxText), PlainText.Of(call.AccessKeyId ?? "none", MaxText));
        var source = PlainText.Of(call.SourceAddress) ?? "nowhere";
        if (call.Repeats == 0)
        {
            Log.Refused(_logger, action, source, key, call.RequestId, code);
        }
        else
        {
            Log.RefusedAgain(_logger, call.Repeats, action, source, key, call.RequestId, code);
        }
    }

    private readonly record struct Kind(IPAddress? Source, string? AccessKeyId, string? Action, string? Code);

    private sealed class Repeats
    {
        public int Count { get; set; }

        public CallRecord? Last { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Warning, "Refused {Action} from {Source} with the key {AccessKeyId}, request {RequestId}: {Code}")]
        public static partial void Refused(ILogger logger, string action, string source, string accessKeyId, string requestId, string code);

        [LoggerMessage(
            1011, LogLevel.Warning,
            "Refused {Count} times more {Action} from {Source} with the key {AccessKeyId}, the last time request {RequestId}: {Code}")]
        public static partial void RefusedAgain(
            ILogger logger, int count, string action, string source, string accessKeyId, string requestId, string code);

        [LoggerMessage(
            1012, LogLevel.Warning,
            "{Count} refused calls more are in the log neither one by one nor by their kind: there were too many kinds of them")]
        public static partial void Untold(ILogger logger, int count);
    }
}
