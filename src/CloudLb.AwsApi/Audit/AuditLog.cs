using System.Threading.Channels;

namespace CloudLb.AwsApi.Audit;

/// <summary>
/// Takes calls in and hands them to the <see cref="AuditWriter"/>. It never waits: what the writer cannot keep up with is counted as lost.
/// </summary>
internal sealed class AuditLog
{
    /// <summary>Bytes that may wait: some 30,000 usual calls.</summary>
    private const long MaxWaiting = 64 * 1024 * 1024;

    private readonly Channel<CallRecord> _waiting = Channel.CreateUnbounded<CallRecord>(new() { SingleReader = true });
    private long _weight;
    private long _lost;

    public ChannelReader<CallRecord> Waiting => _waiting.Reader;

    public void Add(CallRecord call)
    {
        if (Interlocked.Add(ref _weight, call.Weight) > MaxWaiting || !_waiting.Writer.TryWrite(call))
        {
            Interlocked.Add(ref _weight, -call.Weight);
            Lose(1);
        }
    }

    /// <summary>The call is written, or lost: its memory is free for others.</summary>
    public void Release(CallRecord call) => Interlocked.Add(ref _weight, -call.Weight);

    public void Lose(int calls) => Interlocked.Add(ref _lost, calls);

    /// <summary>How many were lost since the last time of asking.</summary>
    public long TakeLost() => Interlocked.Exchange(ref _lost, 0);

    /// <summary>No more will come; what waits can still be read.</summary>
    public void Complete() => _waiting.Writer.TryComplete();
}
