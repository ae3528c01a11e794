using System.Net;

namespace CloudLb.AwsApi.Requests;

/// <summary>One bound, over all connections, on the memory of bodies that nobody has vouched for yet.</summary>
/// <remarks>
/// A quarter is for small bodies: they never wait, and when it is full the oldest that still has not come is given up, so that callers who
/// hold theirs back stand in nobody's way. Larger ones wait in turn; one source has a third of their room at most, and who waits for that
/// holds up nobody else.
/// </remarks>
internal sealed class BodyRoom
{
    private const int SmallShare = 4;
    private const int SourceShare = 3;

    private readonly Lock _lock = new();
    private readonly LinkedList<BodyLease> _small = [];
    private readonly LinkedList<Waiter> _waiting = [];
    private readonly Dictionary<IPAddress, long> _largeBySource = [];
    private readonly long _smallRoom;
    private readonly long _largeRoom;
    private readonly long _sourceRoom;
    private long _smallTaken;
    private long _largeTaken;

    /// <param name="length">Bytes.</param>
    public BodyRoom(long length)
    {
        _smallRoom = length / SmallShare;
        _largeRoom = length - _smallRoom;
        _sourceRoom = _largeRoom / SourceShare;
    }

    /// <summary>Bytes that are taken.</summary>
    public long Taken
    {
        get
        {
            lock (_lock)
            {
                return _smallTaken + _largeTaken;
            }
        }
    }

    /// <summary>Room for a body that may have so many bytes.</summary>
    /// <exception cref="OperationCanceledException">There was none until the token said to stop waiting.</exception>
    public async ValueTask<BodyLease> TakeAsync(int length, IPAddress source, CancellationToken cancellationToken)
    {
        if (length <= RequestLimits.SmallBody)
        {
            return TakeSmall(length, source);
        }

        Waiter waiter;
        lock (_lock)
        {
            if (Fits(length, source))
            {
                return TakeLarge(length, source);
            }

            waiter = new(length, source);
            _waiting.AddLast(waiter);
        }

        try
        {
            return await waiter.Given.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            lock (_lock)
            {
                _waiting.Remove(waiter);
            }

            // It may have been given room just before.
            if (waiter.Given.Task is { IsCompletedSuccessfully: true, Result: var lease })
            {
                lease.Dispose();
            }

            throw;
        }
    }

    /// <summary>Room for a small body, for which nobody waits.</summary>
    public BodyLease TakeSmall(int length, IPAddress source)
    {
        var lease = new BodyLease(this, length, source);
        List<BodyLease>? displaced = null;
        lock (_lock)
        {
            _small.AddLast(lease);
            _smallTaken += length;
            var over = _smallTaken - _smallRoom;
            for (var oldest = _small.First; over > 0 && oldest is not null && oldest.Value != lease; oldest = oldest.Next)
            {
                over -= oldest.Value.Length;
                (displaced ??= []).Add(oldest.Value);
            }
        }

        // Outside, as who is told may give its room back at once.
        displaced?.ForEach(given => given.Displace());
        return lease;
    }

    internal void GiveBack(BodyLease lease)
    {
        lock (_lock)
        {
            if (lease.Length <= RequestLimits.SmallBody)
            {
                _small.Remove(lease);
                _smallTaken -= lease.Length;
                return;
            }

            _largeTaken -= lease.Length;
            var left = _largeBySource[lease.Source] - lease.Length;
            if (left == 0)
            {
                _largeBySource.Remove(lease.Source);
            }
            else
            {
                _largeBySource[lease.Source] = left;
            }

            GiveToWaiting();
        }
    }

    private bool Fits(int length, IPAddress source) =>
        _largeTaken + length <= _largeRoom && _largeBySource.GetValueOrDefault(source) + length <= _sourceRoom;

    private BodyLease TakeLarge(int length, IPAddress source)
    {
        _largeTaken += length;
        _largeBySource[source] = _largeBySource.GetValueOrDefault(source) + length;
        return new(this, length, source);
    }

    private void GiveToWaiting()
    {
        for (var place = _waiting.First; place is not null;)
        {
            var (waiter, here) = (place.Value, place);
            place = place.Next;
            if (_largeBySource.GetValueOrDefault(waiter.Source) + waiter.Length > _sourceRoom)
            {
                continue;
            }

            if (_largeTaken + waiter.Length > _largeRoom)
            {
                // Those behind it are not let past, or a large body would wait for ever.
                return;
            }

            _waiting.Remove(here);
            waiter.Given.SetResult(TakeLarge(waiter.Length, waiter.Source));
        }
    }

    private sealed class Waiter(int length, IPAddress source)
    {
        public int Length { get; } = length;

        public IPAddress Source { get; } = source;

        public TaskCompletionSource<BodyLease> Given { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
