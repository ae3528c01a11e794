using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace CloudLb.Server.Connections;

/// <summary>
/// Bounds the connections of a place where anybody may connect, so that nobody shuts out others. When there are too many, the oldest of an
/// unknown caller goes and the new one stays: who has something to ask is known before it is his turn, and a monitor is answered.
/// </summary>
/// <remarks>Kestrel's own limit refuses the new ones and keeps the silent.</remarks>
internal sealed partial class ConnectionGuard : IDisposable
{
    /// <summary>How long an unknown caller may take to read an answer, over the time that a body has.</summary>
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan LongestClosing = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Sweeping = TimeSpan.FromSeconds(1);

    /// <summary>How often it is told in the log that connections were closed.</summary>
    private static readonly TimeSpan Telling = TimeSpan.FromMinutes(1);

    /// <summary>Connections beside a tenth of all that may be open still though they were told to close.</summary>
    private const int FewClosing = 10;

    private readonly Lock _lock = new();
    private readonly LinkedList<GuardedConnection> _unverified = [];
    private readonly LinkedList<GuardedConnection> _verified = [];
    private readonly Dictionary<IPAddress, LinkedList<GuardedConnection>> _bySource = [];
    private readonly ConnectionOptions _options;
    private readonly int _max;
    private readonly int _maxUnverified;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private int _open;
    private int _crowded;
    private int _silent;
    private long _toldAt;

    /// <param name="max">Connections of all callers together.</param>
    public ConnectionGuard(ConnectionOptions options, int max, TimeProvider clock, ILogger<ConnectionGuard> logger)
    {
        (_options, _max, _maxUnverified, _clock, _logger) = (
            options, max, Math.Min(options.MaxUnverified, Math.Max(1, max / 2)), clock, logger);
        _toldAt = clock.GetTimestamp() - (long)(Telling.TotalSeconds * clock.TimestampFrequency);
        _timer = clock.CreateTimer(_ => Sweep(), null, Sweeping, Sweeping);
    }

    /// <summary>Lets a connection in and forgets it when it has ended.</summary>
    /// <param name="connection">A new one.</param>
    /// <param name="next">Serves it.</param>
    /// <param name="isForApi">Whether it came to where the API listens.</param>
    public async Task WatchAsync(ConnectionContext connection, ConnectionDelegate next, bool isForApi = false)
    {
        var guarded = new GuardedConnection(this, connection, SourceOf(connection.RemoteEndPoint), _clock.GetTimestamp())
        {
            IsForApi = isForApi,
        };
        connection.Features.Set<AwsApi.ICallerConnection>(guarded);
        connection.Features.Set(guarded);
        if (!Enter(guarded, out var surplus))
        {
            connection.Abort(new ConnectionAbortedException("There are too many connections, and none can be closed for it."));
            return;
        }

        try
        {
            if (surplus is not null)
            {
                surplus.Close("There are too many connections; this is the oldest whose caller is not known.");
                await WaitForAsync(surplus, connection.ConnectionClosed);
            }

            if (!connection.ConnectionClosed.IsCancellationRequested)
            {
                await next(connection);
            }
        }
        finally
        {
            Leave(guarded);
        }
    }

    public void Dispose() => _timer.Dispose();

    internal void CallIsVerified(GuardedConnection connection)
    {
        lock (_lock)
        {
            if (connection.IsClosing)
            {
                return;
            }

            Remove(connection);
            (connection.IsVerified, connection.IsCallVerified) = (true, true);
            _verified.AddLast(connection.Place);
        }
    }

    internal void RequestBegins(GuardedConnection connection, bool hasBody) => Mark(connection, isAnswering: true, hasBody);

    internal void RequestEnds(GuardedConnection connection) => Mark(connection, isAnswering: false, hasBody: false);

    /// <summary>
    /// The place of one that is told to close is free when it is gone: connections that come faster than they go take no memory for
    /// requests.
    /// </summary>
    private async Task WaitForAsync(GuardedConnection surplus, CancellationToken closed)
    {
        try
        {
            await surplus.Gone.WaitAsync(LongestClosing, _clock, closed);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // It is waited for no longer, or there is nobody left to wait.
        }
    }

    private static IPAddress SourceOf(EndPoint? endPoint)
    {
        const int NetworkBytes = 8;
        var address = endPoint is IPEndPoint { Address: var remote } ? remote : IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        // Whoever has one address of a network has all of them.
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new(bytes);
    }

    /// <summary>
    /// The oldest that has asked nothing, or whose body is still to come; only where there is none, one whose question is whole.
    /// </summary>
    private static GuardedConnection? Oldest(LinkedList<GuardedConnection> unverified) =>
        unverified.FirstOrDefault(connection => !connection.IsAnswering || connection.HasBody) ?? unverified.First?.Value;

    private void Mark(GuardedConnection connection, bool isAnswering, bool hasBody)
    {
        var now = _clock.GetTimestamp();
        lock (_lock)
        {
            (connection.IsAnswering, connection.HasBody, connection.IsCallVerified, connection.Since) = (isAnswering, hasBody, false, now);
        }
    }

    private bool Enter(GuardedConnection connection, out GuardedConnection? surplus)
    {
        lock (_lock)
        {
            surplus = null;
            var ofSource = _bySource.GetValueOrDefault(connection.Source);
            if (ofSource?.Count >= _options.MaxUnverifiedPerSource)
            {
                surplus = Oldest(ofSource);
            }
            else if (_unverified.Count >= _maxUnverified)
            {
                surplus = Oldest(_unverified);
            }
            else if (_open >= _max)
            {
                surplus = Oldest(_unverified) ?? _verified.FirstOrDefault(known => !(known.IsAnswering && known.IsCallVerified));
            }

            // What was told to close needs a moment for it; some may be in that state.
            if (_open >= _max + (_max / 10) + FewClosing || (_open >= _max && surplus is null))
            {
                surplus = null;
                return false;
            }

            if (surplus is not null)
            {
                _crowded++;
                surplus.IsClosing = true;
                Remove(surplus);
            }

            _open++;
            _unverified.AddLast(connection.Place);
            if (!_bySource.TryGetValue(connection.Source, out ofSource))
            {
                _bySource.Add(connection.Source, ofSource = []);
            }

            ofSource.AddLast(connection.PlaceOfSource);
            return true;
        }
    }

    private void Leave(GuardedConnection connection)
    {
        connection.HasGone();
        lock (_lock)
        {
            _open--;
            if (!connection.IsClosing)
            {
                connection.IsClosing = true;
                Remove(connection);
            }
        }
    }

    /// <summary>Takes it out of the lists that it is in.</summary>
    private void Remove(GuardedConnection connection)
    {
        if (connection.IsVerified)
        {
            _verified.Remove(connection.Place);
            return;
        }

        _unverified.Remove(connection.Place);
        var ofSource = _bySource[connection.Source];
        ofSource.Remove(connection.PlaceOfSource);
        if (ofSource.Count == 0)
        {
            _bySource.Remove(connection.Source);
        }
    }

    private void Sweep()
    {
        List<GuardedConnection> overdue = [];
        lock (_lock)
        {
            foreach (var connection in _unverified)
            {
                if (_clock.GetElapsedTime(connection.Since) > (connection.IsAnswering ? LongestAnswer : _options.RequestTimeout))
                {
                    overdue.Add(connection);
                }
            }

            foreach (var connection in overdue)
            {
                connection.IsClosing = true;
                Remove(connection);
            }
        }

        overdue.ForEach(connection => connection.Close("No request came in time from a caller whom nobody knows."));
        Tell(overdue.Count);
    }

    private void Tell(int overdue)
    {
        _silent += overdue;
        if ((_silent > 0 || Volatile.Read(ref _crowded) > 0) && _clock.GetElapsedTime(_toldAt) >= Telling)
        {
            _toldAt = _clock.GetTimestamp();
            Log.Closed(_logger, Interlocked.Exchange(ref _crowded, 0), _silent);
            _silent = 0;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            1013, LogLevel.Warning,
            "Connections of callers whom nobody knows were closed: {Crowded} as there were too many, {Silent} as no request came")]
        public static partial void Closed(ILogger logger, int crowded, int silent);
    }
}
