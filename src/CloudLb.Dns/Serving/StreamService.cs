using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using CloudLb.Dns.Answering;

namespace CloudLb.Dns.Serving;

/// <summary>Answers what comes to one address by TCP, each message behind its length. UDP goes on when nobody else gets in here.</summary>
internal sealed class StreamService(Socket listener, Responder responder, DnsMetrics metrics, TimeProvider clock)
{
    private const int MostConnections = 200, MostOfASource = 50;
    private const int LongestQuestion = 2048;

    // For one question, or for the next: resolvers that keep a connection open any longer open another (RFC 7766, 6.2.3).
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Socket, IPAddress> _connections = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var connection = await AcceptAsync(cancellationToken);
                if (connection?.RemoteEndPoint is not IPEndPoint { Address: var source }
                    || _connections.Count >= MostConnections || _connections.Values.Count(source.Equals) >= MostOfASource)
                {
                    connection?.Dispose();
                    metrics.Dropped("limit");
                    continue;
                }

                _connections[connection] = source;
                _ = Task.Run(() => TalkAsync(connection, source, cancellationToken), CancellationToken.None);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            foreach (var connection in _connections.Keys)
            {
                connection.Dispose();
            }
        }
    }

    /// <summary>Null when the connection was gone again, or there are no descriptors for it.</summary>
    private async Task<Socket?> AcceptAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await listener.AcceptAsync(cancellationToken);
        }
        catch (SocketException)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), clock, cancellationToken);
            return null;
        }
    }

    private async Task TalkAsync(Socket connection, IPAddress source, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestQuestion + 2];
        try
        {
            while (true)
            {
                using var patience = new CancellationTokenSource(Patience, clock);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
                if (!await FillAsync(connection, buffer.AsMemory(0, 2), either.Token)
                    || BinaryPrimitives.ReadUInt16BigEndian(buffer) is var length && length > LongestQuestion
                    || !await FillAsync(connection, buffer.AsMemory(0, length), either.Token)
                    || responder.Answer(buffer.AsSpan(0, length), source, isDatagram: false) is not { } answer)
                {
                    return;
                }

                metrics.Answered(answer.Code, "tcp");
                byte[] framed = [(byte)(answer.Message.Length >> 8), (byte)answer.Message.Length, .. answer.Message];
                for (var sent = 0; sent < framed.Length;)
                {
                    sent += await connection.SendAsync(framed.AsMemory(sent), either.Token);
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It went, or took too long.
        }
        finally
        {
            _connections.TryRemove(connection, out _);
            connection.Dispose();
        }
    }

    private static async Task<bool> FillAsync(Socket connection, Memory<byte> place, CancellationToken cancellationToken)
    {
        while (!place.IsEmpty)
        {
            var received = await connection.ReceiveAsync(place, cancellationToken);
            if (received == 0)
            {
                return false;
            }

            place = place[received..];
        }

        return true;
    }
}
