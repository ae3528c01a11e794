using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>
/// An instance to the byte: it keeps each head as it came, and does with the connection what the test wants. Checks are answered well.
/// </summary>
internal sealed class RawInstance : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<Socket, string, Task<bool>> _answer;
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;

    private RawInstance(Func<Socket, string, Task<bool>> answer)
    {
        _answer = answer;
        _listener = TestRequests.Listen(Address, TestInstance.Port);
        _accepting = AcceptAsync();
    }

    public IPAddress Address { get; } = Loopback.Next();

    /// <summary>The heads of the requests, without the empty line.</summary>
    public ConcurrentQueue<string> Heads { get; } = [];

    /// <summary>Whether the body of a request is read before it is answered; else it is the test's, or the next head.</summary>
    public bool ReadsBodies { get; init; }

    /// <summary>The bodies as they came, in chunks or not.</summary>
    public ConcurrentQueue<string> Bodies { get; } = [];

    /// <summary>The heads of the checks.</summary>
    public ConcurrentQueue<string> Checks { get; } = [];

    /// <param name="answer">Is given the connection and a head; returns whether the connection goes on.</param>
    /// <param name="readsBodies">Whether it is given them once the body of the request is there.</param>
    public static RawInstance Start(Func<Socket, string, Task<bool>> answer, bool readsBodies = false) =>
        new(answer) { ReadsBodies = readsBodies };

    /// <summary>One that answers each request with this and goes on.</summary>
    public static RawInstance Start(string answer, bool readsBodies = false) => new(async (socket, _) =>
    {
        await socket.SendAsync(Encoding.Latin1.GetBytes(answer));
        return true;
    })
    {
        ReadsBodies = readsBodies,
    };

    public PlannedMember Planned(string id = "i-1") => new() { Target = id, Address = Address, Port = TestInstance.Port, Weight = 1 };

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync(_stopping.Token);
                _connections.Add(Task.Run(() => ServeAsync(socket)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It has been disposed of.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var connection = socket;
        try
        {
            var received = "";
            var buffer = new byte[64 * 1024];
            while (true)
            {
                int end;
                while ((end = received.IndexOf("\r\n\r\n", StringComparison.Ordinal)) < 0)
                {
                    var count = await socket.ReceiveAsync(buffer, _stopping.Token);
                    if (count == 0)
                    {
                        return;
                    }

                    received += Encoding.Latin1.GetString(buffer, 0, count);
                }

                var (head, isCheck) = (received[..end], received.StartsWith("GET /ping ", StringComparison.Ordinal));
                received = received[(end + 4)..];
                (isCheck ? Checks : Heads).Enqueue(head);
                if (isCheck)
                {
                    await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
                    return;
                }

                if (ReadsBodies)
                {
                    while (!IsWhole(head, received))
                    {
                        var count = await socket.ReceiveAsync(buffer, _stopping.Token);
                        if (count == 0)
                        {
                            return;
                        }

                        received += Encoding.Latin1.GetString(buffer, 0, count);
                    }

                    Bodies.Enqueue(received);
                    received = "";
                }

                if (!await _answer(socket, head))
                {
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The other end is gone, or the test has ended.
        }
    }

    private static bool IsWhole(string head, string body)
    {
        const string Length = "\r\nContent-Length: ";
        var at = head.IndexOf(Length, StringComparison.OrdinalIgnoreCase);
        return at >= 0
            ? body.Length >= int.Parse(head[(at + Length.Length)..].Split("\r\n")[0])
            : !head.Contains("chunked", StringComparison.OrdinalIgnoreCase) || body.EndsWith("0\r\n\r\n", StringComparison.Ordinal);
    }
}
